"""The access registry: every URL has a line in it, and one without is refused to everybody."""

from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import include, path

from common.access import AccessRegistry, registry
from lms import urls
from lms.permissions import collect_access
from tests.access.parameters import UNFILLABLE, Parameters
from tests.access.roles import ROLES
from tests.access.urlconf import doors

# Catch-alls that answer 404 themselves; Wagtail gives them no name.
NAMELESS = {"admin/test404/", "admin/^.*/$"}


def unlisted(urlconf=None) -> list[str]:
    """The patterns without a line in the registry."""
    named = [door for door in doors(urlconf) if door.named]
    return [str(door) for door in named if registry.rule_for_name(door.view_name) is None]


@pytest.fixture
def with_a_forgotten_url(settings):
    """The site with one URL, and one inside a namespace, that nobody wrote a line for."""

    def secret(request):
        return HttpResponse("told")

    inner = ([path("inner/", secret, name="inner")], "forgotten")
    site = ModuleType("site_with_a_forgotten_url")
    site.handler404, site.handler500 = urls.handler404, urls.handler500
    site.urlpatterns = [
        path("forgotten/", secret, name="forgotten"),
        path("deep/", include(inner)),
        *urls.urlpatterns,
    ]
    settings.ROOT_URLCONF = site
    return site


def test_every_url_has_a_line_in_the_access_registry():
    assert unlisted() == []


def test_a_url_without_a_line_is_found_and_named(with_a_forgotten_url):
    assert unlisted(with_a_forgotten_url) == [
        "forgotten /forgotten/",
        "forgotten:inner /deep/inner/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "operator", "administrator"])
def test_a_url_without_a_line_is_refused_to_everybody(with_a_forgotten_url, scene, role):
    for address in ("/forgotten/", "/deep/inner/"):
        for method in (scene.clients[role].get, scene.clients[role].post):
            response = method(address)

            assert response.status_code == 404
            assert b"told" not in response.content


def test_only_catch_alls_have_no_name():
    assert {door.route for door in doors() if not door.named} == NAMELESS


def test_no_line_is_about_a_url_that_is_gone():
    lines = AccessRegistry()
    collect_access(lines)
    names = {door.view_name for door in doors()}

    assert [line for line in lines._rules if not any(fits(line, name) for name in names)] == []


def fits(line: str, name: str) -> bool:
    """Whether a line of the registry is about a URL name."""
    return name == line or (line.endswith("*") and name.startswith(line[:-1]))


@pytest.mark.django_db
def test_an_address_can_be_built_for_every_url_but_the_listed_ones(scene):
    parameters = Parameters(scene)

    empty = {door.view_name for door in doors() if door.named and not parameters.addresses(door)}

    assert sorted(empty) == sorted(UNFILLABLE)


@pytest.mark.django_db
def test_the_cast_holds_every_role_of_the_product(scene):
    from people.roles import Role
    from people.viewer import Viewer

    held = {role for person in scene.people.cast.values() for role in Viewer.of(person.user).roles}

    assert held == set(Role.values)
    assert set(scene.clients) == set(ROLES)
