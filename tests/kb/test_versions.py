"""Versions: announced, in force, superseded, withdrawn; always the text that was approved."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from kb.choices import Audience, State
from kb.events import ArticlePutInForce, VersionAnnounced
from kb.models import ArticlePage, ArticleVersion
from kb.services.versions import call_off, put_in_force
from people.viewer import ANONYMOUS, EVERYTHING

pytestmark = pytest.mark.django_db


# --- announced ---------------------------------------------------------------------------------------------------


def test_a_scheduled_change_is_announced_and_readers_keep_the_old_text(
    write_article, schedule, fresh, told, states
):
    events = told(VersionAnnounced, ArticlePutInForce)
    article = write_article(publish=True, answer="Старый ответ.")

    schedule(article)

    assert states(article) == [(1, State.IN_FORCE), (2, State.ANNOUNCED)]
    assert fresh(article).answer == "Старый ответ."
    assert fresh(article).version == 1
    assert [type(event) for event in events] == [ArticlePutInForce, VersionAnnounced]
    assert events[1].number == 2


def test_a_new_article_that_is_scheduled_is_seen_by_nobody_before_its_moment(schedule, later, now):
    article, _revision = schedule()

    for viewer in (ANONYMOUS, EVERYTHING):
        assert not ArticlePage.objects.visible_to(viewer, now).filter(pk=article.pk)
    with later(hours=2):
        assert not ArticlePage.objects.visible_to(EVERYTHING, timezone.now()).filter(pk=article.pk)
        assert put_in_force(now=timezone.now()) == 1
        assert ArticlePage.objects.visible_to(ANONYMOUS, timezone.now()).filter(pk=article.pk)


def test_readers_get_the_new_text_from_the_first_request_after_the_moment(
    write_article, schedule, later, client
):
    article = write_article(publish=True, audience=Audience.PUBLIC, answer="Старый ответ.")
    schedule(article)

    assert "Старый ответ." in client.get(article.url).content.decode()
    with later(hours=2):
        # A new process: the middleware asks at most once a second.
        from django.test import Client

        page = Client().get(article.url).content.decode()
    assert "Новый ответ." in page
    assert "Старый ответ." not in page


def test_put_in_force_twice_is_the_same_as_once(write_article, schedule, later, told, states):
    article = write_article(publish=True)
    schedule(article)
    events = told(ArticlePutInForce)

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 1
        assert put_in_force(now=timezone.now()) == 0

    assert states(article) == [(1, State.SUPERSEDED), (2, State.IN_FORCE)]
    assert [event.number for event in events] == [2]


def test_a_late_clock_puts_two_announced_versions_in_force_in_their_order(
    write_article, schedule, later, fresh, states
):
    article = write_article(publish=True)
    schedule(article, answer="Первый.", hours=1)
    schedule(article, answer="Второй.", hours=2)

    with later(hours=1, minutes=30):
        assert put_in_force(now=timezone.now()) == 1
        assert fresh(article).answer == "Первый."
    with later(days=3):
        assert put_in_force(now=timezone.now()) == 1

    assert fresh(article).answer == "Второй."
    assert states(article) == [(1, State.SUPERSEDED), (2, State.SUPERSEDED), (3, State.IN_FORCE)]


def test_both_come_into_force_in_one_go_when_the_clock_was_away(
    write_article, schedule, later, fresh
):
    article = write_article(publish=True)
    schedule(article, answer="Первый.", hours=1)
    schedule(article, answer="Второй.", hours=2)

    with later(days=3):
        assert put_in_force(now=timezone.now()) == 2

    assert fresh(article).answer == "Второй."


def test_a_version_approved_later_for_an_earlier_moment_replaces_the_waiting_one(
    write_article, schedule, later, fresh, states
):
    article = write_article(publish=True)
    schedule(article, answer="Отменено.", hours=5)
    schedule(article, answer="Срочно.", hours=1)

    with later(days=1):
        put_in_force(now=timezone.now())

    assert fresh(article).answer == "Срочно."
    assert states(article) == [(1, State.SUPERSEDED), (2, State.WITHDRAWN), (3, State.IN_FORCE)]


def test_the_second_waiting_version_still_shows_as_scheduled_after_the_first(
    write_article, schedule, later
):
    article = write_article(publish=True)
    schedule(article, answer="Первый.", hours=1)
    _article, revision = schedule(article, answer="Второй.", hours=3)

    with later(hours=2):
        put_in_force(now=timezone.now())

    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is not None


def test_publishing_now_leaves_an_older_announced_version_behind(
    write_article, schedule, later, fresh, states
):
    article = write_article(publish=True)
    schedule(article, answer="Запланировано.")
    draft = fresh(article)
    draft.answer = "Сейчас."
    draft.go_live_at = None
    draft.save_revision().publish()

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 0

    assert fresh(article).answer == "Сейчас."
    assert states(article) == [(1, State.SUPERSEDED), (2, State.WITHDRAWN), (3, State.IN_FORCE)]


def test_a_cancelled_schedule_never_comes_into_force(schedule, later, editor, fresh, now, states):
    article, revision = schedule()

    assert call_off(article=article, revision_id=revision.pk, by=editor.user, now=now)

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 0
        call_command("publish_scheduled")
    assert not fresh(article).live
    assert states(article) == [(1, State.WITHDRAWN)]


def test_publishing_the_scheduled_revision_for_another_moment_replaces_the_announcement(
    write_article, schedule, fresh, states
):
    article = write_article(publish=True)
    _article, revision = schedule(article)
    moved = {**revision.content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(content=moved, approved_go_live_at=None)

    Revision.objects.get(pk=revision.pk).publish()

    assert states(article) == [(1, State.SUPERSEDED), (2, State.WITHDRAWN), (3, State.IN_FORCE)]
    assert fresh(article).answer == "Новый ответ."


# --- exactly the approved text -----------------------------------------------------------------------------------


def test_autosave_over_the_approved_revision_does_not_change_what_comes_into_force(
    write_article, schedule, later, fresh
):
    article = write_article(publish=True, answer="Старый ответ.")
    _article, revision = schedule(article, answer="Одобренный ответ.")
    draft = fresh(article).get_latest_revision_as_object()
    draft.answer = "Дописано после одобрения."
    draft.save_revision(overwrite_revision=revision)

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 1

    stored = fresh(article)
    assert stored.answer == "Одобренный ответ."
    assert stored.get_latest_revision().pk == revision.pk
    assert stored.get_latest_revision_as_object().answer == "Дописано после одобрения."
    assert stored.has_unpublished_changes


def test_a_go_live_date_moved_by_autosave_does_not_delay_what_was_approved(
    write_article, schedule, later, fresh
):
    article = write_article(publish=True)
    _article, revision = schedule(article, answer="Одобренный ответ.")
    draft = fresh(article).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + datetime.timedelta(days=30)
    draft.save_revision(overwrite_revision=revision)

    with later(hours=2):
        put_in_force(now=timezone.now())

    assert fresh(article).answer == "Одобренный ответ."
    assert fresh(article).version == 2


def test_a_purged_revision_does_not_keep_its_version_from_coming_into_force(
    write_article, schedule, later, fresh
):
    body = [{"type": "text", "value": "<p>Шаг</p>"}]
    article = write_article(publish=True)
    _article, revision = schedule(article, answer="Одобренный ответ.", body=body)
    Revision.objects.filter(pk=revision.pk).delete()

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 1

    stored = fresh(article)
    assert stored.answer == "Одобренный ответ."
    assert stored.body[0].value.source == "<p>Шаг</p>"
    assert stored.latest_revision_id == stored.live_revision_id


def test_a_restored_text_keeps_its_tags(write_article, schedule, later, fresh):
    article = write_article(publish=True)
    draft = fresh(article)
    draft.tags.add("переадресация")
    draft.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    revision = draft.save_revision()
    revision.publish()
    Revision.objects.filter(pk=revision.pk).delete()

    with later(hours=2):
        put_in_force(now=timezone.now())

    assert [tag.name for tag in fresh(article).tags.all()] == ["переадресация"]


def test_a_version_keeps_what_readers_got_whatever_happens_to_revisions(write_article, fresh):
    article = write_article(publish=True, answer="Первый ответ.")
    draft = fresh(article)
    draft.answer = "Второй ответ."
    draft.save_revision().publish()
    Revision.objects.all().delete()

    first, second = ArticleVersion.objects.of_article(article.uuid)
    assert first.snapshot["answer"] == "Первый ответ."
    assert second.snapshot["answer"] == "Второй ответ."
    assert second.previous_hash == first.row_hash
