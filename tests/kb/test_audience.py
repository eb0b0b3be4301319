"""The audience: set in one way, logged, and moved by nothing else."""

import datetime

import pytest
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import PageLogEntry

from kb.choices import Audience
from kb.events import ArticlesMoved, AudienceChanged
from kb.models import ArticlePage, SectionPage
from kb.refusals import AliasRefused, AudienceRefused
from kb.services.audience import is_wider, set_audience
from people.viewer import ANONYMOUS

pytestmark = pytest.mark.django_db


@pytest.fixture
def narrow(write_article, line_two, now):
    """An article whose live and older text were public and that is for line two by now."""
    article = write_article(publish=True, audience=Audience.PUBLIC, answer="Старое.")
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.answer = "Новое."
    draft.save_revision().publish()
    set_audience(article=article, audience=Audience.TEAMS, teams=[line_two], by=None, now=now)
    return ArticlePage.objects.get(pk=article.pk)


def is_narrow(article, team) -> bool:
    stored = ArticlePage.objects.get(pk=article.pk)
    teams = list(stored.audience_teams.values_list("team_id", flat=True))
    hidden = not ArticlePage.objects.visible_to(ANONYMOUS, timezone.now()).filter(pk=article.pk)
    return stored.audience == Audience.TEAMS and teams == [team.pk] and hidden


# --- the one way -------------------------------------------------------------------------------------------------


def test_setting_the_audience_holds_at_once_is_logged_and_told(write_article, editor, told, now):
    article = write_article()
    events = told(AudienceChanged)

    assert set_audience(article=article, audience=Audience.PUBLIC, by=editor.user, now=now)

    assert ArticlePage.objects.get(pk=article.pk).audience == Audience.PUBLIC
    assert [event.article_id for event in events] == [article.pk]
    entry = PageLogEntry.objects.get(action="kb.audience")
    assert entry.user_id == editor.user_id
    assert entry.data["before"]["audience"] == Audience.INTERNAL
    assert entry.data["after"]["audience"] == Audience.PUBLIC
    assert entry.data["wider"] is True


def test_setting_the_same_audience_again_changes_and_tells_nothing(write_article, told, now):
    article = write_article()
    events = told(AudienceChanged)

    assert not set_audience(article=article, audience=Audience.INTERNAL, by=None, now=now)

    assert not events
    assert not PageLogEntry.objects.filter(action="kb.audience").exists()


def test_chosen_teams_must_be_some(write_article, now):
    with pytest.raises(AudienceRefused, match=r"\w"):
        set_audience(article=write_article(), audience=Audience.TEAMS, by=None, now=now)


def test_another_audience_forgets_the_chosen_teams(narrow, now):
    set_audience(article=narrow, audience=Audience.INTERNAL, by=None, now=now)

    assert not narrow.audience_teams.exists()


def test_an_editor_alone_does_not_open_what_was_approved_for_fewer(write_article, editor, now):
    article = write_article(publish=True)

    with pytest.raises(AudienceRefused):
        set_audience(article=article, audience=Audience.PUBLIC, by=editor.user, now=now)

    assert ArticlePage.objects.get(pk=article.pk).audience == Audience.INTERNAL


def test_an_editor_alone_does_not_open_what_is_being_reviewed_for_fewer(
    write_article, editor, submit, now
):
    article = write_article()
    submit(article, editor)

    with pytest.raises(AudienceRefused):
        set_audience(article=article, audience=Audience.PUBLIC, by=editor.user, now=now)


def test_an_editor_narrows_and_an_administrator_opens(
    write_article, editor, administrator, line_one, now
):
    article = write_article(publish=True)

    set_audience(
        article=article, audience=Audience.TEAMS, teams=[line_one], by=editor.user, now=now
    )
    assert set_audience(article=article, audience=Audience.PUBLIC, by=administrator.user, now=now)


@pytest.mark.parametrize(
    ("audience", "teams", "than", "than_teams", "expected"),
    [
        (Audience.PUBLIC, [], Audience.INTERNAL, [], True),
        (Audience.INTERNAL, [], Audience.PUBLIC, [], False),
        (Audience.INTERNAL, [], Audience.TEAMS, [1], True),
        (Audience.TEAMS, [1], Audience.TEAMS, [1, 2], False),
        (Audience.TEAMS, [1, 3], Audience.TEAMS, [1, 2], True),
        (Audience.PUBLIC, [], Audience.PUBLIC, [], False),
    ],
)
def test_wider_is_whoever_more_may_read(audience, teams, than, than_teams, expected):
    assert is_wider(audience, teams, than=than, than_teams=than_teams) is expected


# --- nothing else moves it ---------------------------------------------------------------------------------------


def test_reverting_to_a_revision_of_public_times_does_not_open_it(narrow, line_two, editor):
    oldest = narrow.revisions.order_by("created_at").first()

    reverted = oldest.as_object().save_revision(user=editor.user, previous_revision=oldest)
    reverted.publish()

    assert ArticlePage.objects.get(pk=narrow.pk).answer == "Старое."
    assert is_narrow(narrow, line_two)


def test_a_scheduled_revision_of_public_times_does_not_open_it(write_article, line_two, later, now):
    article = write_article(publish=True, audience=Audience.PUBLIC)
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    draft.save_revision().publish()
    set_audience(article=article, audience=Audience.TEAMS, teams=[line_two], by=None, now=now)

    from kb.services.versions import put_in_force

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 1
        assert is_narrow(article, line_two)


def test_an_old_revision_as_an_object_has_the_audience_of_the_row(narrow):
    content = {**narrow.get_latest_revision().content, "audience": Audience.PUBLIC}

    assert narrow.with_content_json(content).audience == Audience.TEAMS


def test_saving_an_old_draft_of_an_article_that_is_not_live_does_not_open_it(
    narrow, line_two, later
):
    narrow.unpublish()
    oldest = narrow.revisions.order_by("created_at").first()

    oldest.as_object().save()

    assert is_narrow(narrow, line_two)


def test_a_copy_is_a_draft_with_the_same_audience_and_an_identity_of_its_own(
    narrow, line_two, editor
):
    copy = narrow.copy(
        update_attrs={"slug": "copy", "title": "Копия"}, user=editor.user, keep_live=False
    )
    stored = ArticlePage.objects.get(pk=copy.pk)

    assert is_narrow(stored, line_two)
    assert not stored.live
    assert stored.version is None
    assert stored.uuid != narrow.uuid
    assert stored.translation_group != narrow.translation_group
    assert stored.source_id is None
    assert stored.first_published_at is None


def test_a_copy_that_was_asked_to_be_live_is_a_draft(narrow, line_two):
    copy = CopyPageAction(
        page=narrow, update_attrs={"slug": "live-copy"}, keep_live=True, user=None
    ).execute(skip_permission_checks=True)
    stored = ArticlePage.objects.get(pk=copy.pk)

    assert not stored.live
    assert stored.live_revision is None
    assert is_narrow(stored, line_two)


def test_a_section_is_copied_with_the_audiences_of_what_is_in_it(
    narrow, section, root_section, line_two
):
    section.refresh_from_db()
    copied = section.copy(
        recursive=True, to=root_section, update_attrs={"slug": "copied"}, keep_live=True
    )

    copy = ArticlePage.objects.child_of(copied).get()
    assert is_narrow(copy, line_two)
    assert not copy.live


def test_moving_an_article_opens_it_to_nobody_and_is_told(narrow, root_section, line_two, told):
    open_section = root_section.add_child(instance=SectionPage(title="Открытое", slug="open"))
    events = told(ArticlesMoved)

    narrow.move(open_section, pos="last-child")

    assert is_narrow(narrow, line_two)
    assert [event.article_ids for event in events] == [(narrow.pk,)]


def test_moving_a_section_is_told_for_all_articles_in_it(
    write_article, section, root_section, told
):
    inner = section.add_child(instance=SectionPage(title="Настройка", slug="setup"))
    articles = [write_article("А", publish=True), write_article("Б", parent=inner)]
    target = root_section.add_child(instance=SectionPage(title="Архив", slug="archive"))
    events = told(ArticlesMoved)

    SectionPage.objects.get(pk=section.pk).move(target, pos="last-child")

    assert [set(event.article_ids) for event in events] == [{article.pk for article in articles}]


def test_sorting_a_section_moves_no_article(write_article, section, told):
    first, second = write_article("А", publish=True), write_article("Б", publish=True)
    events = told(ArticlesMoved)

    ArticlePage.objects.get(pk=second.pk).move(ArticlePage.objects.get(pk=first.pk), pos="left")

    assert not events


def test_renaming_a_section_is_told_for_all_articles_in_it(write_article, section, told):
    article = write_article(publish=True)
    section = SectionPage.objects.get(pk=section.pk)
    events = told(ArticlesMoved)

    section.intro = "Без нового имени"
    section.save_revision().publish()
    assert not events
    section.title = "Связь"
    section.save_revision().publish()

    assert [event.article_ids for event in events] == [(article.pk,)]


def test_alias_pages_are_refused(narrow, section):
    with pytest.raises(AliasRefused):
        CreatePageAliasAction(narrow, update_slug="alias").execute(skip_permission_checks=True)
    with pytest.raises(AliasRefused):
        CreatePageAliasAction(section, update_slug="alias").execute(skip_permission_checks=True)

    assert not ArticlePage.objects.filter(alias_of__isnull=False).exists()
