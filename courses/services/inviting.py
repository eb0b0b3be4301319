"""Who comes to a session: invited, accepting, declining, and the queue for a seat that moves up by itself."""

import datetime
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from courses.choices import Answer
from courses.covering import cover_of
from courses.models import Invitation, TheorySession
from courses.refusals import NotYours, SessionOver, TooManyAway
from courses.services.announcing import tell_invited, tell_of_seat
from people.models import Employee, User


def locked(session: TheorySession) -> TheorySession:
    """The row of ``session`` as it is now, for this transaction alone."""
    return TheorySession.objects.select_for_update().get(pk=session.pk)


def refuse_over(session: TheorySession, now: datetime.datetime) -> None:
    """What was called off or has begun cannot be changed. Raises SessionOver."""
    if not session.is_planned:
        raise SessionOver(_("This session was called off."))
    if session.starts_at <= now:
        raise SessionOver(_("This session has begun already."))


@transaction.atomic
def invite(
    *, session: TheorySession, employees: Collection[Employee], now: datetime.datetime
) -> list[Invitation]:
    """Invite those of ``employees`` who are not yet; the first find seats, the others wait for one.

    Raises SessionOver, and TooManyAway where the house forbids that a line is thinned out.
    """
    session = locked(session)
    refuse_over(session, now)
    known = set(session.invitations.values_list("employee_id", flat=True))
    fresh = [one for one in employees if one.pk not in known and one.pk != session.trainer_id]
    free = _free_seats(session)
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                session=session,
                employee=employee,
                seated=free is None or place < free,
                queued_at=now,
            )
            for place, employee in enumerate(fresh)
        ]
    )
    _refuse_thinning(session, {row.employee_id for row in made if row.seated}, now)
    tell_invited(session=session, invitations=made, now=now)
    return made


@transaction.atomic
def invite_to_each(
    *, sessions: Sequence[TheorySession], employees: Collection[Employee], now: datetime.datetime
) -> list[list[Invitation]]:
    """Invite ``employees`` to each of ``sessions``, or to none of them. Raises what ``invite`` raises."""
    return [invite(session=one, employees=employees, now=now) for one in sessions]


@transaction.atomic
def answer(*, invitation: Invitation, comes: bool, by: User, now: datetime.datetime) -> Invitation:
    """The person invited says whether they come; a seat that becomes free goes to who waits longest.

    The same answer again changes nothing. Raises NotYours, SessionOver.
    """
    if by.pk != invitation.employee.user_id:
        raise NotYours(_("Everybody answers for themselves."))
    session = locked(invitation.session)
    refuse_over(session, now)
    row = Invitation.objects.select_related("employee").get(pk=invitation.pk)
    wanted = Answer.ACCEPTED if comes else Answer.DECLINED
    if row.answer == wanted:
        return row
    if row.answer == Answer.DECLINED:
        row.queued_at = now
    row.answer, row.answered_at = wanted, now
    row.seated = row.seated and comes
    row.save(update_fields=["answer", "answered_at", "seated", "queued_at"])
    fill_seats(session=session, now=now, besides=row)
    row.refresh_from_db()
    return row


@transaction.atomic
def release(*, invitations: Collection[Invitation], now: datetime.datetime) -> int:
    """Seats of people who work here no longer become free. How many people."""
    done = 0
    for row in invitations:
        session = locked(row.session)
        done += (
            Invitation.objects.filter(pk=row.pk)
            .exclude(answer=Answer.DECLINED)
            .update(answer=Answer.DECLINED, answered_at=now, seated=False)
        )
        fill_seats(session=session, now=now)
    return done


def fill_seats(
    *, session: TheorySession, now: datetime.datetime, besides: Invitation | None = None
) -> list[Invitation]:
    """Give free seats of ``session``, whose row is locked, to who waits longest; they are told, save ``besides``."""
    free = _free_seats(session)
    waiting = session.invitations.waiting().select_related("employee")
    moved = list(waiting if free is None else waiting[: max(0, free)])
    Invitation.objects.filter(pk__in=[row.pk for row in moved]).update(seated=True)
    for row in moved:
        row.seated = True
        if besides is None or row.pk != besides.pk:
            tell_of_seat(invitation=row, now=now)
    return moved


def _free_seats(session: TheorySession) -> int | None:
    if session.capacity is None:
        return None
    return session.capacity - session.invitations.coming().count()


def _refuse_thinning(
    session: TheorySession, fresh: Collection[int], now: datetime.datetime
) -> None:
    """Where the house forbids it, nobody new makes a line too thin."""
    if not (settings.SESSIONS_KEEP_COVER and fresh):
        return
    cover = cover_of(session)
    touched = [one for one in cover.clashes if cover.line_people[one.line] & set(fresh)]
    if touched:
        names = ", ".join(f"{one.line}: {one.away}" for one in touched)
        raise TooManyAway(
            _("Too many would be away from a line at once (%(lines)s; %(most)s at most).")
            % {"lines": names, "most": settings.SESSIONS_MOST_AWAY}
        )
