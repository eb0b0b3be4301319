"""Proof by mutation: with any one guard taken away, the walk finds a leak."""

import pytest
from django.test import Client

import kb.access
import kb.middleware
import kb.rich_text
import kb.selectors.reading
import kb.views.files
import kb.views.sitemap
from kb.models import SectionPage
from kb.querysets import ArticlePageQuerySet, SectionPageQuerySet
from lms.middleware import AccessMiddleware
from people.models import Employee
from people.querysets import EmployeeQuerySet
from people.viewer import EVERYTHING, Viewer
from tests.access.roles import ANONYMOUS
from tests.access.urlconf import doors
from tests.access.walking import Walk

pytestmark = pytest.mark.django_db

visible_articles = ArticlePageQuerySet.visible_to


def everything(*arguments, **options):
    """Says yes to everybody."""
    return True


# What is taken away: where it stands, what stands there instead, who then walks where, and what they meet.
MUTANTS = {
    "the audience of articles": (
        (ArticlePageQuerySet, "visible_to", lambda self, viewer, at: self.in_force(at)),
        (ANONYMOUS, "wagtail_serve", "internal.answer"),
    ),
    "the audience of articles, in search": (
        (ArticlePageQuerySet, "visible_to", lambda self, viewer, at: self.in_force(at)),
        (ANONYMOUS, "search", "narrowed.title"),
    ),
    "the audience of articles, on the home page": (
        (ArticlePageQuerySet, "visible_to", lambda self, viewer, at: self.in_force(at)),
        (ANONYMOUS, "home", "team.title"),
    ),
    "chosen teams": (
        (
            ArticlePageQuerySet,
            "visible_to",
            lambda self, viewer, at: (
                self.in_force(at) if viewer.is_employee else visible_articles(self, viewer, at)
            ),
        ),
        ("operator", "wagtail_serve", "team.answer"),
    ),
    "the state of articles": (
        (ArticlePageQuerySet, "in_force", lambda self, at: self.all()),
        (ANONYMOUS, "wagtail_serve", "draft.answer"),
    ),
    "the end of articles": (
        (
            ArticlePageQuerySet,
            "in_force",
            lambda self, at: self.filter(live=True, version__isnull=False),
        ),
        (ANONYMOUS, "wagtail_serve", "expired.answer"),
    ),
    "the gate of sections": (
        (SectionPageQuerySet, "visible_to", lambda self, viewer, at: self.filter(live=True)),
        (ANONYMOUS, "wagtail_serve", "section_inner.intro"),
    ),
    "internal parts": (
        (kb.selectors.reading, "STAFF_BLOCKS", frozenset()),
        (ANONYMOUS, "wagtail_serve", "part.text"),
    ),
    "links in texts": (
        (
            kb.rich_text.ReaderLinks,
            "in_body",
            classmethod(
                lambda cls, body, viewer, at: cls(
                    pages={page.pk: page.url for page in SectionPage.objects.all()}
                )
            ),
        ),
        (ANONYMOUS, "wagtail_serve", "section_inner.slug"),
    ),
    "the sitemap": (
        (kb.views.sitemap, "ANONYMOUS", EVERYTHING),
        (ANONYMOUS, "sitemap", "internal.slug"),
    ),
    "redirects": (
        (kb.middleware, "can_view", everything),
        (ANONYMOUS, "wagtail_serve", "alone.new_slug"),
    ),
    "pictures": ((kb.views.files, "can_view", everything), (ANONYMOUS, "image", "team.picture")),
    "documents": (
        (kb.views.files, "can_view", everything),
        ("operator", "document", "team.document_text"),
    ),
    "people's records": (
        (EmployeeQuerySet, "visible_to", lambda self, viewer, at: self.all()),
        ("operator", "record", "stranger.call"),
    ),
    "people's leave": (
        (EmployeeQuerySet, "visible_to", lambda self, viewer, at: self.all()),
        ("lead", "people_leaves:index", "stranger.leave"),
    ),
    "the last day of work": (
        (Employee, "works_on", everything),
        ("left", "wagtail_serve", "internal.answer"),
    ),
    "the access registry": (
        (AccessMiddleware, "process_view", lambda self, request, view, args, kwargs: None),
        ("lead", "wagtailadmin_choose_page_child", "section_team.title"),
    ),
}


@pytest.fixture
def walk_to(scene):
    """A role's walk to one view only, by a client that loads its middleware anew."""

    def _walk_to(view_name: str, *, role: str) -> Walk:
        walk = Walk(scene, role)
        walk.client = Client()
        return walk.through([door for door in doors() if door.view_name == view_name])

    return _walk_to


@pytest.mark.parametrize("guard", MUTANTS)
def test_without_a_guard_the_walk_finds_a_leak(walk_to, monkeypatch, guard):
    (owner, name, instead), (role, view_name, where) = MUTANTS[guard]
    monkeypatch.setattr(owner, name, instead)

    walk = walk_to(view_name, role=role)

    assert any(leak.startswith(f"{where} in ") for leak in walk.leaks)


def test_a_screen_that_shows_nothing_is_found(scene, walk_to, monkeypatch):
    monkeypatch.setattr(ArticlePageQuerySet, "visible_to", lambda self, viewer, at: self.none())

    walk = walk_to("wagtail_serve", role="operator")

    assert "internal.answer" in scene.canaries.must_be_met_by("operator") - walk.met


def test_a_fault_is_found(walk_to, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(Viewer, "of", fail)

    walk = walk_to("search", role="operator")

    assert len(walk.faults) == walk.asked


def test_a_missing_header_is_found(walk_to, settings):
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if not name.startswith(("csp.", "lms.middleware.ResponseHeaders"))
    ]

    walk = walk_to("home", role=ANONYMOUS)

    assert any(lack.endswith("policy default-src") for lack in walk.bare)
    assert any(lack.endswith("private") for lack in walk.bare)
