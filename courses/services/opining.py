"""Saying what one thought of a session."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.choices import Answer, Usefulness
from courses.models import SessionOpinion, TheorySession
from courses.refusals import NotYours, SessionOver
from people.models import Employee


def may_say(*, session: TheorySession, employee: Employee) -> bool:
    """Whether ``employee`` was there; while nobody has said who was, whether they came as far as is known."""
    if session.attendance_at is not None:
        return session.attendance.filter(employee=employee, present=True).exists()
    return session.invitations.filter(
        employee=employee, seated=True, answer=Answer.ACCEPTED
    ).exists()


@transaction.atomic
def say(
    *,
    session: TheorySession,
    employee: Employee,
    useful: Usefulness,
    unclear: str = "",
    now: datetime.datetime,
) -> SessionOpinion:
    """What ``employee`` thought; saying it again changes it. Raises NotYours, SessionOver."""
    if not session.takes_opinions(now):
        raise SessionOver(_("Opinions are taken for two weeks after a session."))
    if not may_say(session=session, employee=employee):
        raise NotYours(_("Whoever was there says how it was."))
    opinion, _created = SessionOpinion.objects.update_or_create(
        session=session,
        employee=employee,
        defaults={"useful": useful, "unclear": unclear, "given_at": now},
    )
    return opinion
