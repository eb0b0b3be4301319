"""Publication: a version of exactly the approved text, at its moment."""

import pytest

from kb.choices import Audience, State
from kb.models import ArticlePage, ArticleVersion, VersionState
from people.viewer import ANONYMOUS

pytestmark = pytest.mark.django_db


def test_publishing_makes_the_first_version_and_puts_it_in_force(write_article, now):
    article = write_article(publish=True)

    assert article.version == 1
    version = ArticleVersion.objects.get()
    assert version.snapshot["answer"] == "Включите в кабинете."
    assert VersionState.objects.get().state == State.IN_FORCE


def test_an_internal_article_is_not_visible_to_a_customer(write_article, anna, viewer_of, now):
    article = write_article(publish=True)

    assert article not in ArticlePage.objects.visible_to(ANONYMOUS, now)
    assert article in ArticlePage.objects.visible_to(viewer_of(anna), now)


def test_a_public_article_is_visible_to_a_customer(write_article, now):
    article = write_article(publish=True, audience=Audience.PUBLIC)

    assert article in ArticlePage.objects.visible_to(ANONYMOUS, now)


def test_a_draft_is_visible_to_no_reader(write_article, editor, viewer_of, now):
    article = write_article(audience=Audience.PUBLIC)

    assert article not in ArticlePage.objects.visible_to(viewer_of(editor), now)
