"""Several at once: people answer and the trainer invites in the same moment, and no seat is given twice."""

import datetime
import threading
import uuid

import pytest
from django.db import connections
from django.utils import timezone

from courses.choices import SessionKind
from courses.models import Attendance, Invitation
from courses.services.attending import take_attendance
from courses.services.inviting import answer, invite
from courses.services.scheduling import SessionDraft, schedule

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4
HOUR = datetime.timedelta(hours=1)


def together(*acts) -> None:
    """Do ``acts`` in threads that start at the same moment; their failures are raised."""
    barrier = threading.Barrier(len(acts))
    failures: list[BaseException] = []

    def run(act) -> None:
        try:
            barrier.wait()
            act()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@pytest.fixture
def session(ilya):
    """A lecture in two hours with four seats."""
    now = timezone.now()
    draft = SessionDraft(
        title="Коды ошибок SIP",
        kind=SessionKind.LECTURE,
        trainer=ilya,
        starts_at=now + 2 * HOUR,
        ends_at=now + 3 * HOUR,
        capacity=AT_ONCE,
    )
    return schedule(draft=draft, key=uuid.uuid4(), by=ilya.user, now=now)[0]


def test_seats_that_become_free_together_go_to_those_who_wait_one_each(session, ilya, hire):
    now = timezone.now()
    people = [hire(f"Оператор {n}", f"crowd{n}") for n in range(AT_ONCE * 2)]
    seated, later = people[:AT_ONCE], people[AT_ONCE:]
    invite(session=session, employees=seated, now=now)
    rows = Invitation.objects.select_related("session", "employee")
    own = [rows.get(session=session, employee=one) for one in seated]

    together(
        *(
            lambda row=row: answer(
                invitation=row, comes=False, by=row.employee.user, now=timezone.now()
            )
            for row in own
        ),
        lambda: invite(session=session, employees=later, now=timezone.now()),
        lambda: invite(session=session, employees=later, now=timezone.now()),
    )

    coming = Invitation.objects.coming().filter(session=session)
    assert {row.employee_id for row in coming} == {one.pk for one in later}
    assert not Invitation.objects.waiting().exists()

    then = session.starts_at
    together(
        *(
            lambda: take_attendance(session=session, present={later[0].pk}, by=ilya.user, now=then)
            for _n in range(AT_ONCE)
        )
    )
    marks = Attendance.objects.filter(session=session)
    assert [row.round for row in marks.filter(present=True)] == [1]
    assert marks.count() == len(people)
