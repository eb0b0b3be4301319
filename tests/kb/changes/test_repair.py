"""Whatever an event would have done comes true without it: from notices, confirmations and states alone."""

import datetime

import pytest
from django.utils import timezone

from common.events import subscribe, unsubscribe
from competence.models import CompetenceEvent, MaterialChange
from competence.services.changes import refresh_competence
from kb import receivers
from kb.events import ChangeAnnounced
from kb.models import ChangeNotice, VersionState
from kb.services import confirming
from kb.services.change_repair import repair_changes
from kb.services.confirming import state
from notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def deaf():
    """Nobody hears of announced changes, as when the process died between commit and effect."""
    unsubscribe(ChangeAnnounced, receivers.announce_change)
    yield
    subscribe(ChangeAnnounced, receivers.announce_change, in_transaction=True)


def test_a_change_nobody_heard_of_is_announced_once(
    deaf, forwarding, holders, anna, sergey, change, cell_of, telephony, now
):
    change(forwarding)
    assert cell_of(anna, telephony).state == "current"
    assert not Notification.objects.exists()

    repair_changes(now=now)
    assert cell_of(anna, telephony).state == "stale"
    assert MaterialChange.objects.count() == 1
    told = Notification.objects.count()
    assert Notification.objects.filter(recipient=anna).count() == 1

    assert repair_changes(now=now) == 0
    assert Notification.objects.count() == told


def test_a_confirmation_without_its_check_gets_it(
    forwarding, holders, anna, change, cell_of, telephony, key, now, monkeypatch
):
    notice = change(forwarding)
    with monkeypatch.context() as crash:
        crash.setattr(confirming, "record_checks", lambda **_given: [])
        state(notice=notice, employee=anna, key=key(), by=anna.user, now=now)
    assert cell_of(anna, telephony).state == "stale"

    assert repair_changes(now=now) == 1
    assert cell_of(anna, telephony).state == "current"
    assert repair_changes(now=now) == 0
    assert CompetenceEvent.objects.filter(type="check").count() == 1


def test_a_notice_of_a_version_that_never_held_is_withdrawn(
    forwarding, holders, anna, change, cell_of, telephony, now
):
    notice = change(forwarding, hours=48)
    VersionState.objects.filter(version=notice.version).update(state="withdrawn", ended_at=now)

    repair_changes(now=now)

    assert ChangeNotice.objects.get().withdrawn_at is not None
    assert cell_of(anna, telephony).check_by is None


def test_after_the_last_day_the_lead_hears_once_more_who_is_missing(
    forwarding, anna, olga, sergey, at_level_2, telephony, change, key, later, now
):
    for person in (anna, olga):
        at_level_2(person, telephony, days_ago=40)
    with later(days=-20):
        notice = change(forwarding)
        state(notice=notice, employee=olga, key=key(), by=olga.user, now=timezone.now())
    refresh_competence(competence=telephony, now=now)

    repair_changes(now=now)
    repair_changes(now=now)

    missed = Notification.objects.filter(kind="kb.change_missed")
    assert list(missed.values_list("recipient", flat=True)) == [sergey.pk]


def test_nobody_is_reminded_before_the_last_day(forwarding, holders, sergey, change, now):
    change(forwarding)

    repair_changes(now=now + datetime.timedelta(days=14))
    assert not Notification.objects.filter(kind="kb.change_missed").exists()
