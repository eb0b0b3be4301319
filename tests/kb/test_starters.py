"""A new article begins with the parts of its kind, if its writer wishes."""

import pytest
from django.urls import reverse

from kb.choices import Kind
from kb.models import ArticlePage
from kb.starters import STARTED, starter_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_article(editor, section, client_of):
    """``new_article(like="tariff")``: the editor opens the form of a new article."""

    def _new(**parameters) -> str:
        address = reverse("wagtailadmin_pages:add", args=["kb", "articlepage", section.pk])
        reply = client_of(editor).get(address, parameters)
        assert reply.status_code == 200
        return reply.content.decode()

    return _new


@pytest.mark.parametrize("kind", STARTED)
def test_a_starter_is_a_body_that_can_be_saved_and_read(kind, editor, write_article, client_of):
    body = ArticlePage(body=starter_of(kind)).body
    cleaned = ArticlePage.body.field.stream_block.clean(body)

    article = write_article(f"Новая {kind}", body=cleaned.get_prep_value(), publish=True)

    assert client_of(editor).get(article.url).status_code == 200


@pytest.mark.parametrize("kind", STARTED)
def test_the_form_begins_with_the_chosen_kind(kind, new_article):
    page = new_article(like=kind.value)

    assert 'aria-current="true"' in page
    assert f'<option value="{kind.value}" selected' in page
    assert "[" in page


@pytest.mark.parametrize("like", ["", "nonsense", Kind.STANDARD.value, "how-to'"])
def test_without_a_kind_that_has_parts_the_body_is_empty(like, new_article):
    assert 'aria-current="true"' not in new_article(like=like)


def test_an_article_that_is_saved_offers_no_beginning(editor, write_article, client_of):
    article = write_article()

    page = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert "?like=" not in page.content.decode()
