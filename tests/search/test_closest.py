"""Whoever writes an article sees the existing ones that come closest to its title."""

import pytest
from django.urls import reverse

from search import indexing

pytestmark = pytest.mark.django_db


@pytest.fixture
def closest(client_of):
    """``closest(editor, "Переадресация")``: what stands beside this title."""

    def _closest(who, title: str, page: object = "") -> str:
        reply = client_of(who).get(reverse("search_closest"), {"title": title, "page": page})
        return reply.content.decode()

    return _closest


def test_the_three_closest_stand_beside_the_title_without_the_article_itself(
    closest, editor, write_article
):
    articles = [
        write_article(f"Переадресация звонков {number}", publish=True) for number in range(4)
    ]
    write_article("Гудки", publish=True)
    indexing.catch_up()

    page = closest(editor, "переадресация звонка", articles[0].pk)

    assert page.count("<li>") == 3
    assert articles[0].title not in page
    assert "Гудки" not in page


@pytest.mark.parametrize("title", ["", "   ", "ъхз" * 4_000, "\0<script>"])
def test_a_title_that_finds_nothing_shows_nothing(closest, editor, write_article, title):
    write_article("Гудки", publish=True)
    indexing.catch_up()

    assert "<li>" not in closest(editor, title)


def test_who_does_not_write_is_not_answered(client_of, anna, sergey):
    for who in (anna, sergey):
        assert client_of(who).get(reverse("search_closest"), {"title": "эхо"}).status_code == 404


def test_the_editor_of_an_article_loads_it(client_of, editor, write_article):
    article = write_article()

    page = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert "search/closest" in page.content.decode()
