"""The end of versions: unpublished, expired, refused by an app above; and the clock of Wagtail beside ours."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from kb.choices import State
from kb.events import ArticleWithdrawn
from kb.extensions import PublishingRefused, publishing
from kb.models import ArticlePage, ArticleVersion
from kb.services.versions import end_expired, put_in_force, withdraw_what_is_off

pytestmark = pytest.mark.django_db


# --- the clock of Wagtail ----------------------------------------------------------------------------------------


def test_wagtails_own_scheduler_publishes_what_is_announced(schedule, later, fresh, states):
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
    write_article, schedule, told, later, fresh, states
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
    write_article, schedule, later, fresh, told, states
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


def test_wagtails_expiry_withdraws_too(write_article, later, fresh, states):
    article = write_article(publish=True, expire_at=timezone.now() + datetime.timedelta(hours=1))

    with later(hours=2):
        call_command("publish_scheduled")

    assert states(article) == [(1, State.WITHDRAWN)]
    assert fresh(article).version is None


def test_publishing_again_makes_a_new_version(write_article, fresh, states):
    article = write_article(publish=True)
    fresh(article).unpublish()

    fresh(article).get_latest_revision().publish()

    assert states(article) == [(1, State.WITHDRAWN), (2, State.IN_FORCE)]
    assert fresh(article).version == 2


def test_the_sweep_withdraws_what_a_crash_left_in_force(write_article, now, states):
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
    write_article, schedule, later, fresh, states
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
    write_article, schedule, later, fresh, states
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
