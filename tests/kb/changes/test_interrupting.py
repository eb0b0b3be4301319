"""Changes come to people one a shift and three a week; what is over joins the next one."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from kb.selectors.duties import in_turn, outstanding_for
from kb.services.change_repair import repair_changes
from kb.services.confirming import state
from notifications.models import Notification
from notifications.services.sending import send_due

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

DAY = 24 * 3600


@pytest.fixture
def told():
    """What somebody has been told to confirm: the notices, in order."""

    def _told(employee) -> list[int]:
        rows = Notification.objects.filter(recipient=employee, kind="kb.article_changed")
        return [row.params["notice"] for row in rows.order_by("pk")]

    return _told


def test_the_second_change_of_a_shift_joins_the_next_one(changed, anna, told, clock):
    first, second, third = changed("Гудок"), changed("Очередь"), changed("Номер")

    assert told(anna) == [first.pk]
    repair_changes(now=timezone.now())
    assert told(anna) == [first.pk]

    clock.shift(DAY)
    repair_changes(now=timezone.now())
    assert told(anna) == [first.pk, second.pk, third.pk]
    assert repair_changes(now=timezone.now()) == 0


def test_what_comes_together_is_one_mail(changed, anna, clock):
    for title in ("Гудок", "Очередь", "Номер"):
        changed(title)
    send_due()
    mail.outbox.clear()

    clock.shift(DAY)
    repair_changes(now=timezone.now())
    send_due()

    (letter,) = [one for one in mail.outbox if one.to == [anna.user.email]]
    assert "Очередь" in letter.body
    assert "Номер" in letter.body


def test_a_high_risk_comes_at_once_and_counts_for_nothing(changed, anna, told, telephony):
    first = changed("Гудок")
    telephony.risk = "high"
    telephony.save()
    urgent = changed("Авария", waiver="Одно число, оно в извещении.")

    assert told(anna) == [first.pk, urgent.pk]


def test_what_was_held_over_stands_behind_what_has_come(changed, anna, clock):
    first, second = changed("Гудок"), changed("Очередь")

    turns = in_turn(outstanding_for(anna, timezone.now()), anna, timezone.now())
    assert [duty.notice for duty in turns.come] == [first]
    assert [duty.notice for duty in turns.held] == [second]

    assert second.announced_at.date() == datetime.date(2026, 6, 1)
    clock.shift(13 * DAY)
    turns = in_turn(outstanding_for(anna, timezone.now()), anna, timezone.now())
    assert len(turns.come) == 2, "on the last shift before its day it is shown, told or not"


def test_whoever_confirms_early_is_told_nothing(changed, anna, told, key, clock):
    first, second = changed("Гудок"), changed("Очередь")
    state(notice=second, employee=anna, key=key(), by=anna.user, now=timezone.now())

    clock.shift(DAY)
    repair_changes(now=timezone.now())

    assert told(anna) == [first.pk]


def test_the_page_of_changes_names_what_is_held_over(changed, anna, client):
    changed("Гудок")
    changed("Очередь")
    client.force_login(anna.user)
    client.cookies["language"] = "en"

    page = client.get("/kb/notices/").content.decode()

    assert page.index("Гудок") < page.index("With your next shift") < page.index("Очередь")
