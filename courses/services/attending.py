"""Who was there. Being there is progress, never a level; a correction takes back what it had said."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from competence.choices import EventType
from competence.models import Competence, CompetenceEvent
from competence.services.learning import progress, take_back
from courses.models import Attendance, TheorySession
from courses.refusals import NotYetBegun, SessionOver
from courses.services.inviting import locked
from people.models import User

SOURCE = "attendance"
# People come in before the first word is said.
EARLY = datetime.timedelta(minutes=15)


@transaction.atomic
def take_attendance(
    *, session: TheorySession, present: Collection[int], by: User, now: datetime.datetime
) -> int:
    """Of all who were invited, those in ``present`` (employees' ids) were there; how many.

    Saying the same again changes nothing. Who is marked as absent after all loses what it had counted for.
    Raises SessionOver, NotYetBegun.
    """
    session = locked(session)
    if not session.is_planned:
        raise SessionOver(_("This session was called off."))
    if now < session.starts_at - EARLY:
        raise NotYetBegun(_("The session has not begun yet."))
    known = {row.employee_id: row for row in session.attendance.all()}
    competences = list(session.competences.all())
    there = 0
    for invitation in session.invitations.select_related("employee__user"):
        is_there = invitation.employee_id in present
        there += is_there
        row = known.get(invitation.employee_id) or Attendance(
            session=session, employee=invitation.employee, present=False
        )
        if row.pk and row.present == is_there:
            continue
        was_there, row.present = row.present, is_there
        row.round += is_there
        row.marked_by, row.marked_at = by, now
        row.save()
        if is_there:
            _count(row, session, competences, by, now)
        elif was_there:
            _count_no_more(row, by, now)
    session.attendance_at = now
    session.save(update_fields=["attendance_at"])
    return there


def _source(row: Attendance) -> tuple[str, str]:
    return SOURCE, f"{row.pk}.{row.round}"


def _count(
    row: Attendance,
    session: TheorySession,
    competences: Collection[Competence],
    by: User,
    now: datetime.datetime,
) -> None:
    on = min(session.starts_at, now).astimezone(row.employee.tz).date()
    for competence in competences:
        progress(
            employee=row.employee,
            competence=competence,
            source=_source(row),
            on=on,
            by=by,
            now=now,
        )


def _count_no_more(row: Attendance, by: User, now: datetime.datetime) -> None:
    kind, source_id = _source(row)
    counted = CompetenceEvent.objects.filter(
        employee=row.employee, type=EventType.PROGRESS, source_kind=kind, source_id=source_id
    )
    for event in counted.select_related("employee", "competence"):
        take_back(event=event, source=(kind, source_id), by=by, now=now)
