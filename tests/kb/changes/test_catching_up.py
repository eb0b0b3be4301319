"""Whoever is back from leave gets one list, by what it means for them, and one message."""

import datetime

import pytest
from django.utils import timezone

from competence.services.segments import refresh
from kb.catching_up import catch_up_of
from kb.choices import ChangeSize
from kb.models import ArticlePage
from kb.services.catching_up import tell_who_is_back
from kb.services.change_repair import repair_changes
from kb.services.confirming import state
from kb.services.reading import note_opened
from notifications.models import Notification
from people.services.absence import record_leave

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

DAY = 24 * 3600


@pytest.fixture
def away(anna, today):
    """Anna is away from today until Sunday."""
    return record_leave(
        employee=anna, starts_on=today, ends_on=today + datetime.timedelta(days=6), by=anna.user
    )


@pytest.fixture
def back(anna, clock, viewer_of):
    """``back()``: it is Monday; what Anna has missed."""

    def _back(days: int = 7):
        clock.shift(days * DAY)
        return catch_up_of(anna, viewer_of(anna), timezone.now())

    return _back


@pytest.fixture
def told(anna):
    """The kinds of what Anna was told."""
    rows = Notification.objects.filter(recipient=anna).order_by("pk")
    return lambda: list(rows.values_list("kind", flat=True))


def test_on_leave_nothing_is_told_and_back_there_is_one_message(changed, away, back, told):
    for title in ("Гудок", "Очередь", "Номер"):
        changed(title)
    repair_changes(now=timezone.now())
    assert told() == []

    assert len(back().missed) == 3
    for _time in range(2):
        repair_changes(now=timezone.now())
        tell_who_is_back(now=timezone.now())
    assert told() == ["kb.catch_up"]


def test_the_list_is_ordered_by_risk_then_competences_then_day(
    changed, away, back, area, require, teach, telephony, tariffs, at_level_2, anna
):
    at_level_2(anna, tariffs)
    require(tariffs, 2)
    news = changed("Новость", ChangeSize.NOTIFY)
    one = changed("Гудок")
    both = changed("Тариф и гудок", of=tariffs)
    teach(ArticlePage.objects.get(uuid=both.article_uuid), telephony)
    tariffs.risk = "high"
    tariffs.save()
    refresh(employees=[anna], now=timezone.now())

    assert [one.notice for one in back().missed] == [both, one, news]


def test_what_is_known_leaves_the_list(changed, away, back, anna, viewer_of, key, told):
    news, asked = changed("Новость", ChangeSize.NOTIFY), changed("Гудок")
    back()
    tell_who_is_back(now=timezone.now())
    viewer = viewer_of(anna)
    article = ArticlePage.objects.get(uuid=news.article_uuid)
    note_opened(article=article, viewer=viewer, now=timezone.now())
    assert [one.notice for one in catch_up_of(anna, viewer, timezone.now()).missed] == [asked]

    state(notice=asked, employee=anna, key=key(), by=anna.user, now=timezone.now())

    assert catch_up_of(anna, viewer, timezone.now()) is None


def test_the_list_stands_on_home_for_a_week(changed, away, back, client, anna):
    changed("Гудок")
    assert back(2) is None, "not while she is away"
    back(5)
    client.force_login(anna.user)
    client.cookies["language"] = "en"

    home = client.get("/").content.decode()
    assert "While you were away, 1 June to 7 June" in home
    assert home.count("Гудок, version 2") == 1, "and not once more as the change of the day"
    assert back(8) is None


def test_the_list_costs_the_same_for_one_change_and_for_many(
    changed, away, back, anna, viewer_of, key, django_assert_num_queries
):
    notices = [changed(title) for title in ("Гудок", "Очередь", "Номер")]
    back()
    viewer = viewer_of(anna)
    with django_assert_num_queries(9) as many:
        catch_up_of(anna, viewer, timezone.now())
    for notice in notices[1:]:
        state(notice=notice, employee=anna, key=key(), by=anna.user, now=timezone.now())

    with django_assert_num_queries(len(many)):
        assert len(catch_up_of(anna, viewer, timezone.now()).missed) == 1
