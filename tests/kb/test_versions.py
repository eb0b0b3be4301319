"""Versions: announced, in force, superseded, withdrawn; always the text that was approved."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from kb.choices import Audience, State
from kb.events import ArticlePutInForce, ArticleWithdrawn, VersionAnnounced
from kb.extensions import PublishingRefused, publishing
from kb.models import ArticlePage, ArticleVersion, VersionState
from kb.services.versions import call_off, end_expired, put_in_force, withdraw_what_is_off
from people.viewer import ANONYMOUS, EVERYTHING

pytestmark = pytest.mark.django_db


def states(article) -> list[tuple[int, str]]:
    return list(
        VersionState.objects.filter(article_uuid=article.uuid)
        .order_by("number")
        .values_list("number", "state")
    )


@pytest.fixture
def schedule(write_article, fresh):
    """Announce a change of an article: ``schedule(article, answer="…", hours=2)``; without one, a new article."""

    def _schedule(article=None, *, answer="Новый ответ.", hours=1, **fields):
        if article is None:
            article = write_article(audience=Audience.PUBLIC, answer="Черновик.")
        draft = fresh(article).get_latest_revision_as_object()
        draft.answer = answer
        draft.go_live_at = timezone.now() + datetime.timedelta(hours=hours)
        for name, value in fields.items():
            setattr(draft, name, value)
        revision = draft.save_revision()
        revision.publish()
        return article, revision

    return _schedule


# --- announced ---------------------------------------------------------------------------------------------------


def test_a_scheduled_change_is_announced_and_readers_keep_the_old_text(
    write_article, schedule, fresh, told
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


def test_put_in_force_twice_is_the_same_as_once(write_article, schedule, later, told):
    article = write_article(publish=True)
    schedule(article)
    events = told(ArticlePutInForce)

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 1
        assert put_in_force(now=timezone.now()) == 0

    assert states(article) == [(1, State.SUPERSEDED), (2, State.IN_FORCE)]
    assert [event.number for event in events] == [2]


def test_a_late_clock_puts_two_announced_versions_in_force_in_their_order(
    write_article, schedule, later, fresh
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
    write_article, schedule, later, fresh
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
    write_article, schedule, later, fresh
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


def test_a_cancelled_schedule_never_comes_into_force(schedule, later, editor, fresh, now):
    article, revision = schedule()

    assert call_off(article=article, revision_id=revision.pk, by=editor.user, now=now)

    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 0
        call_command("publish_scheduled")
    assert not fresh(article).live
    assert states(article) == [(1, State.WITHDRAWN)]


def test_publishing_the_scheduled_revision_for_another_moment_replaces_the_announcement(
    write_article, schedule, fresh
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


# --- the clock of Wagtail ----------------------------------------------------------------------------------------


def test_wagtails_own_scheduler_publishes_what_is_announced(schedule, later, fresh):
    article, _revision = schedule()

    with later(hours=2):
        call_command("publish_scheduled")

    assert fresh(article).version == 1
    assert states(article) == [(1, State.IN_FORCE)]


def test_wagtails_own_scheduler_publishes_nothing_that_nobody_approved(write_article, later, fresh):
    article = write_article()
    soon = timezone.now() + datetime.timedelta(hours=1)
    draft = fresh(article)
    draft.save_revision(approved_go_live_at=soon)

    with later(hours=2):
        call_command("publish_scheduled")

    assert not fresh(article).live
    assert not ArticleVersion.objects.exists()


# --- the end -----------------------------------------------------------------------------------------------------


def test_unpublishing_withdraws_what_held_and_what_waited(
    write_article, schedule, told, later, fresh
):
    article = write_article(publish=True)
    schedule(article)
    events = told(ArticleWithdrawn)

    fresh(article).unpublish()

    assert states(article) == [(1, State.WITHDRAWN), (2, State.WITHDRAWN)]
    assert [event.article_id for event in events] == [article.pk]
    with later(hours=2):
        assert put_in_force(now=timezone.now()) == 0
    assert fresh(article).version is None


def test_an_expired_article_is_withdrawn_but_what_is_announced_still_comes(
    write_article, schedule, later, fresh, told
):
    article = write_article(publish=True, expire_at=timezone.now() + datetime.timedelta(hours=1))
    schedule(article, hours=3, expire_at=None)
    events = told(ArticleWithdrawn)

    with later(hours=2):
        assert end_expired(now=timezone.now()) == 1
        assert end_expired(now=timezone.now()) == 0
        assert not fresh(article).live
    assert len(events) == 1
    assert states(article) == [(1, State.WITHDRAWN), (2, State.ANNOUNCED)]
    with later(hours=4):
        assert put_in_force(now=timezone.now()) == 1
    assert fresh(article).live


def test_wagtails_expiry_withdraws_too(write_article, later, fresh):
    article = write_article(publish=True, expire_at=timezone.now() + datetime.timedelta(hours=1))

    with later(hours=2):
        call_command("publish_scheduled")

    assert states(article) == [(1, State.WITHDRAWN)]
    assert fresh(article).version is None


def test_publishing_again_makes_a_new_version(write_article, fresh):
    article = write_article(publish=True)
    fresh(article).unpublish()

    fresh(article).get_latest_revision().publish()

    assert states(article) == [(1, State.WITHDRAWN), (2, State.IN_FORCE)]
    assert fresh(article).version == 2


def test_the_sweep_withdraws_what_a_crash_left_in_force(write_article, now):
    article = write_article(publish=True)
    ArticlePage.objects.filter(pk=article.pk).update(live=False)

    assert withdraw_what_is_off(now=now) == 1
    assert withdraw_what_is_off(now=now) == 0
    assert states(article) == [(1, State.WITHDRAWN)]


# --- who is asked ------------------------------------------------------------------------------------------------


@pytest.fixture
def objection():
    """An app above that objects to everything."""

    def object_to(article, version):
        yield "Сначала подтвердите вопросы."

    publishing.register(object_to)
    yield
    publishing.unregister(object_to)


def test_an_app_above_can_refuse_a_version(write_article, objection, fresh):
    article = write_article()

    with pytest.raises(PublishingRefused, match="подтвердите вопросы"):
        fresh(article).get_latest_revision().publish()

    assert not fresh(article).live
    assert not ArticleVersion.objects.exists()


def test_a_version_that_is_refused_at_its_moment_keeps_waiting_and_holds_up_nobody(
    write_article, schedule, later, fresh
):
    refused, other = write_article("А", publish=True), write_article("Б", publish=True)
    schedule(refused, hours=1)
    schedule(other, hours=2)

    def object_to(article, version):
        if article.pk == refused.pk:
            yield "Сначала подтвердите вопросы."

    publishing.register(object_to)
    try:
        with later(hours=3):
            assert put_in_force(now=timezone.now()) == 1
    finally:
        publishing.unregister(object_to)

    assert states(refused) == [(1, State.IN_FORCE), (2, State.ANNOUNCED)]
    assert fresh(other).answer == "Новый ответ."


def test_a_version_whose_address_is_taken_by_now_waits_and_holds_up_nobody(
    write_article, schedule, later, fresh
):
    first = write_article("А", publish=True)
    second = write_article("Б", publish=True)
    schedule(first, hours=1, slug="shared")
    draft = fresh(second)
    draft.slug = "shared"
    draft.save_revision().publish()
    schedule(second, hours=2)

    with later(hours=3):
        assert put_in_force(now=timezone.now()) == 1

    assert states(first) == [(1, State.IN_FORCE), (2, State.ANNOUNCED)]
    assert fresh(first).slug != "shared"
