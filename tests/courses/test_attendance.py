"""Attendance: taken in one page, saved twice without harm, corrected; it is progress and never a level."""

import datetime
import uuid

import pytest
import time_machine
from django.urls import reverse

from competence.choices import EventType, StateChoice
from competence.models import CellSegment, CompetenceEvent
from courses.choices import SessionKind
from courses.models import Attendance
from courses.refusals import NotYetBegun, SessionOver
from courses.services.attending import take_attendance
from courses.services.inviting import invite
from courses.services.scheduling import SessionDraft, cancel, schedule

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def that_monday(now):
    """The site's clock stands at ``now``."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def session(ilya, anna, olga, transfer, now):
    """An hour from ``now``, about one competence; Anna and Olga are invited."""
    draft = SessionDraft(
        title="Перевод звонка",
        kind=SessionKind.PRACTICAL,
        trainer=ilya,
        starts_at=now + HOUR,
        ends_at=now + HOUR * 2,
        competences=[transfer],
    )
    [made] = schedule(draft=draft, key=uuid.uuid4(), by=ilya.user, now=now)
    invite(session=made, employees=[anna, olga], now=now)
    return made


def counted(employee) -> list[str]:
    """What the ledger holds of somebody's attendance, in order."""
    events = CompetenceEvent.objects.filter(employee=employee, source_kind="attendance")
    return list(events.order_by("seq").values_list("type", flat=True))


def state(employee, now) -> tuple[str, int]:
    """State and level of the cell on the day."""
    cell = CellSegment.objects.filter(employee=employee).covering(now.date()).get()
    return cell.state, cell.level


def test_who_was_there_is_learning_and_gains_no_level(session, ilya, anna, olga, now):
    take_attendance(session=session, present={anna.pk}, by=ilya.user, now=now + HOUR)

    assert state(anna, now) == (StateChoice.LEARNING, 0)
    assert counted(anna) == [EventType.PROGRESS]
    assert counted(olga) == []


def test_saving_twice_changes_nothing(session, ilya, anna, now):
    for _click in range(2):
        take_attendance(session=session, present={anna.pk}, by=ilya.user, now=now + HOUR)

    assert Attendance.objects.filter(session=session).count() == 2
    assert counted(anna) == [EventType.PROGRESS]


def test_a_correction_takes_back_what_it_counted_for_and_may_be_corrected_again(
    session, ilya, anna, now
):
    for there in ({anna.pk}, set(), {anna.pk}):
        take_attendance(session=session, present=there, by=ilya.user, now=now + HOUR)

    assert counted(anna) == [EventType.PROGRESS, EventType.WITHDRAWAL, EventType.PROGRESS]
    assert state(anna, now) == (StateChoice.LEARNING, 0)


def test_it_is_not_taken_before_the_session_nor_of_one_called_off(session, ilya, now):
    with pytest.raises(NotYetBegun):
        take_attendance(session=session, present=(), by=ilya.user, now=now)

    cancel(session=session, reason="Сбой на линии", by=ilya.user, now=now)
    with pytest.raises(SessionOver):
        take_attendance(session=session, present=(), by=ilya.user, now=now + HOUR)


def test_the_trainer_taps_names_and_saves_and_nobody_else_may(
    session, ilya, anna, olga, now, that_monday, client_of
):
    that_monday.move_to(now + HOUR)
    url = reverse("theory_session_attendance", args=[session.pk])
    assert client_of(anna).get(url).status_code == 404

    client = client_of(ilya)
    assert "Анна Кравцова" in client.get(url).content.decode()
    assert client.post(url, {"present": [olga.pk]}).status_code == 302

    assert list(Attendance.objects.filter(present=True).values_list("employee", flat=True)) == [
        olga.pk
    ]
    assert client.post(url, {"present": ["99999999"]}).status_code == 422


def test_the_record_names_the_session_to_who_may_read_it(
    session, ilya, anna, now, that_monday, client_of
):
    take_attendance(session=session, present={anna.pk}, by=ilya.user, now=now + HOUR)
    that_monday.move_to(now + HOUR)
    competence = session.competences.get()

    page = client_of(anna).get(f"{reverse('record', args=[anna.pk])}?c={competence.pk}")

    assert reverse("theory_session", args=[session.pk]) in page.content.decode()
