"""What the clock does with sessions: reminders before, asking how it was after, seats of people who are gone."""

import datetime

from courses.models import Invitation, TheorySession
from courses.services.announcing import tell_how_was_it, tell_soon
from courses.services.inviting import release

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


def remind(*, now: datetime.datetime) -> int:
    """Remind of sessions that begin within a day, and within an hour; how many were told now. Safe to repeat.

    Of one that was scheduled or moved to within the day before, the invitation has said it: only the hour reminds.
    """
    told = 0
    ahead = TheorySession.objects.planned().filter(starts_at__gt=now, starts_at__lte=now + DAY)
    for session in ahead.select_related("trainer").order_by("starts_at", "pk"):
        if session.starts_at - now <= HOUR:
            told += tell_soon(session=session, ahead="hour", now=now)
        elif session.starts_at - session.changed_at > DAY:
            told += tell_soon(session=session, ahead="day", now=now)
    return told + _ask_how_it_was(now) + _release_the_gone(now)


def _ask_how_it_was(now: datetime.datetime) -> int:
    over = TheorySession.objects.planned().filter(
        ends_at__lte=now, ends_at__gt=now - 2 * DAY, attendance_at__isnull=False
    )
    return sum(tell_how_was_it(session=session, now=now) for session in over)


def _release_the_gone(now: datetime.datetime) -> int:
    gone = Invitation.objects.concerned().filter(
        session__in=TheorySession.objects.planned().filter(starts_at__gt=now),
        employee__left_on__lt=now.date(),
    )
    return release(invitations=list(gone.select_related("session")), now=now)
