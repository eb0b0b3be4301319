"""Search beside a ticket: a page for a frame or a narrow window, and links that bring the context of the ticket."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from kb.choices import Audience
from kb.models import SectionPage, Tag
from search import indexing

pytestmark = pytest.mark.django_db
PANEL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "search-results"}


@pytest.fixture
def library(write_article, root_section):
    """Two sections, a tag on one article, one article for employees only."""
    phones = root_section.add_child(instance=SectionPage(title="Телефоны", slug="phones"))
    yealink = Tag.objects.create(name="Yealink", slug="yealink")
    article = write_article("Роуминг на Yealink", audience=Audience.PUBLIC, parent=phones)
    article.tags.add(yealink)
    article.save_revision().publish()
    write_article("Роуминг без тега", publish=True, audience=Audience.PUBLIC)
    hidden = write_article("Роуминг внутренний", audience=Audience.INTERNAL)
    hidden.tags.add(Tag.objects.create(name="VIP", slug="vip"))
    hidden.save_revision().publish()
    indexing.catch_up()


def words(client, address: str, **headers) -> str:
    """What the page says."""
    response = client.get(address, **headers)
    assert response.status_code == 200
    return response.content.decode().replace("<mark>", "").replace("</mark>", "")


def test_it_answers_and_opens_articles_in_a_window_of_their_own(library, client):
    page = words(client, "/panel/?q=роуминг")

    assert "Роуминг на Yealink" in page
    assert 'target="_blank" rel="noopener"' in page
    assert "Роуминг внутренний" not in page


def test_nobody_may_frame_it_unless_a_setting_says_who(library, client, settings):
    response = client.get("/panel/")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"

    settings.PANEL_FRAME_ANCESTORS = ["https://helpdesk.example.com"]
    response = client.get("/panel/")
    assert "frame-ancestors https://helpdesk.example.com" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "frame-ancestors 'self'" in client.get("/search/")["Content-Security-Policy"]


@pytest.mark.parametrize("context", ["tag=yealink", "tag=Yealink", "section=phones"])
def test_a_link_brings_the_context_of_a_ticket_by_name(library, client, context):
    page = words(client, f"/panel/?q=роуминг&{context}")

    assert "Роуминг на Yealink" in page
    assert "Роуминг без тега" not in page


def test_the_context_stays_while_something_else_is_typed(library, client):
    tag = Tag.objects.get(slug="yealink")
    page = words(client, "/panel/?q=роуминг&tag=yealink")
    assert f'<input type="hidden" name="tag" value="{tag.pk}">' in page

    response = client.get(f"/panel/?q=роуминга&tag={tag.pk}", **PANEL)
    assert response["HX-Replace-Url"].startswith(reverse("search_panel") + "?q=")
    assert f"tag={tag.pk}" in response["HX-Replace-Url"]


def test_a_name_that_says_nothing_to_this_viewer_narrows_nothing(library, client):
    for context in ("tag=nothing", "tag=vip", "section=nowhere", "language=xx"):
        page = words(client, f"/panel/?q=роуминг&{context}")
        assert "Роуминг без тега" in page
        assert "VIP" not in page.replace(context, "")


def test_an_origin_with_a_wildcard_stops_the_start(monkeypatch):
    from lms.settings import security

    with pytest.raises(ImproperlyConfigured):
        security.frame_ancestors(["https://*.example.com"])
    assert security.frame_ancestors(["https://helpdesk.example.com"])


# --- narrowing ---------------------------------------------------------------------------------------------------


def test_every_number_beside_a_filter_is_what_a_click_on_it_shows(library, anna, client_of):
    client = client_of(anna)
    response = client.get("/search/?q=роуминг&audience=public")
    groups = {group.words: group.ways for group in response.context["filter_groups"]}
    ways = [*response.context["tabs"], *(way for ways in groups.values() for way in ways)]
    assert len(ways) > 3
    for way in ways:
        if not way.current:
            narrowed = client.get("/search/" + way.url)
            assert narrowed.context["found"].total == way.count, way


def test_employees_can_narrow_to_what_customers_see_too(library, anna, client_of):
    client = client_of(anna)

    assert "Роуминг внутренний" not in words(client, "/search/?q=роуминг&audience=public")
    page = words(client, "/search/?q=роуминг&audience=internal")
    assert "Роуминг внутренний" in page
    assert "Роуминг без тега" not in page


def test_tags_of_what_a_customer_may_not_read_are_not_offered(library, client):
    page = words(client, "/search/?q=роуминг")

    assert "Yealink" in page
    assert "VIP" not in page
