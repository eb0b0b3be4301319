"""Whom courses tells what of sessions: invited, a seat became free, moved, called off, soon. Each once, ids only."""

import datetime
from collections.abc import Collection

from courses.models import Invitation, TheorySession
from courses.notices.sessions import CANCELLED, HOW_WAS_IT, INVITED, MOVED, SEAT, SOON
from notifications.services.notifying import notify, withdraw
from people.models import Employee, User

NEAR = datetime.timedelta(days=1)
"""What happens to a session that begins within a day is said at once, whatever the hour."""


def tell_invited(
    *, session: TheorySession, invitations: Collection[Invitation], now: datetime.datetime
) -> int:
    """Those invited; of somebody who waits for a seat the message says so."""
    return notify(
        event_key=f"{INVITED}:{session.pk}",
        kind=INVITED,
        params={"session": session.pk},
        recipients=[row.employee for row in invitations],
        now=now,
        is_urgent=session.starts_at - now < NEAR,
    )


def tell_of_seat(*, invitation: Invitation, now: datetime.datetime) -> int:
    """Somebody who waited: a seat became free."""
    session = invitation.session
    return notify(
        event_key=f"{SEAT}:{invitation.pk}:{invitation.queued_at.timestamp():.0f}",
        kind=SEAT,
        params={"session": session.pk},
        recipients=[invitation.employee],
        now=now,
        is_urgent=session.starts_at - now < NEAR,
    )


def tell_moved(*, session: TheorySession, by: User, now: datetime.datetime) -> int:
    """Everybody concerned: another time or place. What was said of the old one goes."""
    for key in (f"{MOVED}:{session.pk}:{session.sequence - 1}", *_reminders(session, -1)):
        withdraw(event_key=key, now=now)
    return notify(
        event_key=f"{MOVED}:{session.pk}:{session.sequence}",
        kind=MOVED,
        params={"session": session.pk, "sequence": session.sequence},
        recipients=_concerned(session, by),
        now=now,
        is_urgent=session.starts_at - now < NEAR,
    )


def tell_cancelled(*, session: TheorySession, by: User, now: datetime.datetime) -> int:
    """Everybody concerned: it does not take place. Nobody is reminded of it any more."""
    for key in (
        f"{INVITED}:{session.pk}",
        f"{MOVED}:{session.pk}:{session.sequence - 1}",
        *_reminders(session, -1),
    ):
        withdraw(event_key=key, now=now)
    return notify(
        event_key=f"{CANCELLED}:{session.pk}",
        kind=CANCELLED,
        params={"session": session.pk},
        recipients=_concerned(session, by),
        now=now,
        is_urgent=session.starts_at - now < NEAR,
    )


def tell_soon(*, session: TheorySession, ahead: str, now: datetime.datetime) -> int:
    """Who has a seat, and the trainer: it begins in a day, or in an hour (``ahead``).

    Who was invited within the day has just read when it begins.
    """
    rows = session.invitations.coming()
    if ahead == "day":
        rows = rows.filter(queued_at__lte=session.starts_at - NEAR)
    seated = Employee.objects.filter(invitations__in=rows)
    return notify(
        event_key=f"{SOON}:{ahead}:{session.pk}:{session.sequence}",
        kind=SOON,
        params={"session": session.pk, "sequence": session.sequence},
        recipients=[*seated, session.trainer],
        about=f"{SOON}:{session.pk}",
        now=now,
        is_urgent=ahead == "hour",
    )


def tell_how_was_it(*, session: TheorySession, now: datetime.datetime) -> int:
    """Who was there: say how it was."""
    there = session.attendance.filter(present=True).select_related("employee")
    return notify(
        event_key=f"{HOW_WAS_IT}:{session.pk}",
        kind=HOW_WAS_IT,
        params={"session": session.pk},
        recipients=[row.employee for row in there],
        now=now,
    )


def _reminders(session: TheorySession, step: int) -> list[str]:
    return [f"{SOON}:{ahead}:{session.pk}:{session.sequence + step}" for ahead in ("day", "hour")]


def _concerned(session: TheorySession, by: User) -> list[Employee]:
    """Who comes or waits for a seat, and the trainer; nobody is told of what they did themselves."""
    invited = Employee.objects.filter(invitations__in=session.invitations.concerned())
    return [one for one in [*invited, session.trainer] if one.user_id != by.pk]
