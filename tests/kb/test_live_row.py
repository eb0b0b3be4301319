"""The row of a live article: its text changes by a version and by nothing else."""

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from kb.models import ArticlePage, ArticleVersion
from kb.refusals import LiveWithoutVersion

pytestmark = pytest.mark.django_db


def test_wagtails_action_cannot_publish_past_the_version(write_article, administrator, fresh):
    article = write_article()
    revision = fresh(article).get_latest_revision()

    with pytest.raises(LiveWithoutVersion):
        PublishPageRevisionAction(revision, user=administrator.user).execute(
            skip_permission_checks=True
        )

    assert not fresh(article).live


def test_wagtails_action_cannot_change_a_live_text_past_the_version(
    write_article, administrator, fresh
):
    article = write_article(publish=True, answer="Одобрено.")
    draft = fresh(article)
    draft.answer = "Мимо."
    revision = draft.save_revision()

    with pytest.raises(LiveWithoutVersion):
        PublishPageRevisionAction(revision, user=administrator.user).execute(
            skip_permission_checks=True
        )

    assert fresh(article).answer == "Одобрено."
    assert ArticleVersion.objects.count() == 1


def test_a_script_cannot_change_a_live_text_by_saving(write_article, fresh):
    article = write_article(publish=True, answer="Одобрено.")
    stored = fresh(article)
    stored.answer = "Мимо."

    with pytest.raises(LiveWithoutVersion):
        stored.save()

    assert fresh(article).answer == "Одобрено."


def test_a_script_cannot_make_an_article_live_by_saving(write_article, fresh):
    stored = fresh(write_article())
    stored.live = True

    with pytest.raises(LiveWithoutVersion):
        stored.save()


def test_saving_a_live_article_unchanged_is_nothing(write_article, fresh):
    article = write_article(publish=True)

    fresh(article).save()

    assert fresh(article).version == 1


def test_a_new_article_is_a_draft_even_if_somebody_asks_for_a_live_one(section):
    section.add_child(instance=ArticlePage(title="Сразу", slug="at-once", live=True))

    assert not Page.objects.get(slug="at-once").live


def test_publishing_leaves_the_article_with_its_version_in_one_step(write_article, fresh):
    article = fresh(write_article(publish=True))

    assert article.live
    assert article.version == 1
    assert article.live_revision_id == article.latest_revision_id
    assert not article.has_unpublished_changes


def test_drafts_with_russian_titles_get_latin_addresses_of_their_own(write_article):
    assert write_article("Моя статья").slug == "moya-statya"
    assert write_article("Моя статья").slug == "moya-statya-2"
