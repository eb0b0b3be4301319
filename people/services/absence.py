"""Days away and shifts: the rows that say when somebody works."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.events import emit
from people.events import LeaveRecorded
from people.models import Employee, Leave, Shift, User
from people.refusals import Refusal

LONGEST_SHIFT = datetime.timedelta(hours=24)


class LeaveEndsBeforeItStarts(Refusal):
    """The last day away lies before the first."""


class LeavesOverlap(Refusal):
    """Somebody is away on some of these days already."""


class UnlikelyShift(Refusal):
    """A shift ends before it begins, or lasts longer than a day."""


class ShiftsOverlap(Refusal):
    """Somebody would work two shifts at once."""


@transaction.atomic
def record_leave(
    *,
    employee: Employee,
    starts_on: datetime.date,
    ends_on: datetime.date,
    by: User | None,
    leave: Leave | None = None,
) -> Leave:
    """``employee`` is away from ``starts_on`` to ``ends_on``, both included; ``leave`` is moved if given.

    Raises LeaveEndsBeforeItStarts, LeavesOverlap.
    """
    if ends_on < starts_on:
        raise LeaveEndsBeforeItStarts(_("The leave ends before it begins."))
    others = Leave.objects.filter(employee=employee).meeting(starts_on, ends_on)
    if leave is not None:
        others = others.exclude(pk=leave.pk)
    if other := others.first():
        raise LeavesOverlap(
            _("%(name)s is away from %(start)s to %(end)s already.")
            % {
                "name": employee.full_name,
                "start": f"{other.starts_on:%d.%m.%Y}",
                "end": f"{other.ends_on:%d.%m.%Y}",
            }
        )
    leave = leave or Leave()
    leave.employee, leave.starts_on, leave.ends_on = employee, starts_on, ends_on
    leave.save()
    log(
        employee,
        "people.leave",
        user=by,
        data={"start": starts_on.isoformat(), "end": ends_on.isoformat()},
    )
    emit(LeaveRecorded(employee_id=employee.pk, starts_on=starts_on, ends_on=ends_on))
    return leave


@dataclass(frozen=True)
class NewShift:
    """A shift to be written."""

    employee_id: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime


def checked_shift(starts_at: datetime.datetime, ends_at: datetime.datetime) -> None:
    """Raise UnlikelyShift unless a person can work from ``starts_at`` to ``ends_at``."""
    if ends_at <= starts_at:
        raise UnlikelyShift(_("The shift ends before it begins."))
    if ends_at - starts_at > LONGEST_SHIFT:
        raise UnlikelyShift(_("The shift is longer than 24 hours."))


@dataclass(frozen=True)
class ShiftFigures:
    """How many shifts a call wrote, changed, and found as they were."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@transaction.atomic
def record_shifts(*, shifts: Iterable[NewShift]) -> ShiftFigures:
    """Write ``shifts``; one that begins when another of the same person does takes its place.

    Raises UnlikelyShift, ShiftsOverlap (naming the person and the moment); then nothing is written.
    """
    wanted = {(shift.employee_id, shift.starts_at): shift for shift in shifts}
    if not wanted:
        return ShiftFigures()
    for shift in wanted.values():
        checked_shift(shift.starts_at, shift.ends_at)
    known = _known_around(wanted)
    added = [shift for key, shift in wanted.items() if key not in known]
    moved = [
        shift
        for key, shift in wanted.items()
        if key in known and known[key].ends_at != shift.ends_at
    ]
    _refuse_overlaps(known, wanted)
    Shift.objects.bulk_create(
        (Shift(employee_id=s.employee_id, starts_at=s.starts_at, ends_at=s.ends_at) for s in added),
        batch_size=500,
    )
    for shift in moved:
        row = known[(shift.employee_id, shift.starts_at)]
        Shift.objects.filter(pk=row.pk).update(ends_at=shift.ends_at)
    return ShiftFigures(len(added), len(moved), len(wanted) - len(added) - len(moved))


@transaction.atomic
def record_shift(
    *,
    employee: Employee,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    shift: Shift | None = None,
) -> Shift:
    """``employee`` works from ``starts_at`` to ``ends_at``; ``shift`` is moved if given.

    Raises UnlikelyShift, ShiftsOverlap.
    """
    checked_shift(starts_at, ends_at)
    others = Shift.objects.filter(employee=employee).meeting(starts_at, ends_at)
    if shift is not None:
        others = others.exclude(pk=shift.pk)
    if others.exists():
        raise _overlap(employee, starts_at)
    shift = shift or Shift()
    shift.employee, shift.starts_at, shift.ends_at = employee, starts_at, ends_at
    shift.save()
    return shift


def _overlap(employee: Employee, moment: datetime.datetime) -> ShiftsOverlap:
    return ShiftsOverlap(
        _("%(name)s would work two shifts at once on %(moment)s.")
        % {
            "name": employee.full_name,
            "moment": f"{moment.astimezone(employee.tz):%d.%m.%Y %H:%M}",
        }
    )


def _known_around(
    wanted: dict[tuple[int, datetime.datetime], NewShift],
) -> dict[tuple[int, datetime.datetime], Shift]:
    people = {shift.employee_id for shift in wanted.values()}
    first = min(shift.starts_at for shift in wanted.values()) - LONGEST_SHIFT
    last = max(shift.ends_at for shift in wanted.values()) + LONGEST_SHIFT
    rows = Shift.objects.meeting(first, last)
    return {(row.employee_id, row.starts_at): row for row in rows if row.employee_id in people}


def _refuse_overlaps(known, wanted) -> None:
    stretches = {key: row.ends_at for key, row in known.items()}
    stretches |= {key: shift.ends_at for key, shift in wanted.items()}
    previous: tuple[int, datetime.datetime] | None = None
    for (employee_id, starts_at), ends_at in sorted(stretches.items()):
        if previous is not None and previous[0] == employee_id and starts_at < previous[1]:
            raise _overlap(Employee.objects.get(pk=employee_id), starts_at)
        previous = (employee_id, ends_at)
