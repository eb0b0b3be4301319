"""Shifts from a file: person, beginning, end; local times of the person's own zone."""

import datetime
import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from people.importing.cells import BadCell, date_of, did_you_mean, text_of
from people.importing.columns import SHIFTS, Columns, recognise
from people.importing.tables import Cell, RowError, Table, UnreadableFile
from people.models import Employee, User
from people.refusals import Refusal
from people.services.absence import NewShift, ShiftsOverlap, checked_shift, record_shifts

CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
MOMENT = re.compile(r"(\S+)[T ]+(\d{1,2}:\d{2}(?::00)?)")
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an import of shifts did, or would do; with ``refused`` rows nothing was written."""

    imported: int
    updated: int
    unchanged: int
    refused: tuple[RowError, ...]
    dry_run: bool

    @property
    def wrote(self) -> bool:
        """Whether the database has changed."""
        return not self.dry_run and not self.refused

    def as_json(self) -> dict:
        """The figures in the form all importers print."""
        return {
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "degraded": [],
            "refused": [{"line": error.line, "reason": error.reason} for error in self.refused],
            "dry_run": self.dry_run,
        }


class _DryRun(Exception):
    """Ends the transaction of a dry run."""


def import_shifts(table: Table, *, dry_run: bool = False) -> Report:
    """Write the shifts of ``table``, all or none; a second run changes nothing.

    "Начало" and "Конец" are moments, or times of a column "День"; an end before its beginning lies on the
    next day. Raises UnreadableFile for headings that make no sense.
    """
    columns = recognise(table, SHIFTS)
    for name, label in (
        ("person", _("Employee")),
        ("starts_at", _("Start")),
        ("ends_at", _("End")),
    ):
        if name not in columns:
            raise UnreadableFile(_("There is no column “%(name)s”.") % {"name": label})
    people = _People()
    errors = list(table.errors)
    shifts: dict[int, NewShift] = {}
    seen: dict[tuple[int, datetime.datetime], int] = {}
    for line, cells in table.rows:
        try:
            shift = _read(columns, cells, people)
            earlier = seen.setdefault((shift.employee_id, shift.starts_at), line)
            if earlier != line:
                raise BadCell(_("the same shift stands in row %(row)s already") % {"row": earlier})
        except Refusal as refusal:
            errors.append(RowError(line, str(refusal).rstrip(".")))
        else:
            shifts[line] = shift
    errors += _overlaps(shifts)
    figures = None
    if not errors:
        try:
            with transaction.atomic():
                figures = record_shifts(shifts=shifts.values())
                if dry_run:
                    raise _DryRun
        except _DryRun:
            pass
        except ShiftsOverlap as refusal:
            errors.append(RowError(min(shifts), str(refusal).rstrip(".")))
    return Report(
        imported=figures.added if figures else 0,
        updated=figures.updated if figures else 0,
        unchanged=figures.unchanged if figures else 0,
        refused=tuple(sorted(errors, key=lambda error: error.line)),
        dry_run=dry_run,
    )


class _People:
    """Finds people by address or personnel number."""

    def __init__(self) -> None:
        self.found: dict[str, Employee] = {}
        for employee in Employee.objects.select_related("user"):
            self.found[employee.user.email_key] = employee
            if employee.external_id:
                self.found.setdefault(User.key_of(employee.external_id), employee)

    def named(self, text: str) -> Employee:
        if not text:
            raise BadCell(_("there is no employee"))
        employee = self.found.get(User.key_of(text))
        if employee is None:
            raise BadCell(
                _("no employee “%(name)s”") % {"name": text} + did_you_mean(text, self.found)
            )
        return employee


def _read(columns: Columns, cells: tuple[Cell, ...], people: _People) -> NewShift:
    def cell(name: str) -> Cell:
        return cells[columns.index[name]] if name in columns else None

    employee = people.named(text_of(cell("person")))
    day = date_of(cell("day")) if "day" in columns else None
    start = _moment(cell("starts_at"), day)
    end = _moment(cell("ends_at"), start.date())
    if end <= start and _is_clock(cell("ends_at")):
        end += DAY
    starts_at = start.replace(tzinfo=employee.tz).astimezone(datetime.UTC)
    ends_at = end.replace(tzinfo=employee.tz).astimezone(datetime.UTC)
    checked_shift(starts_at, ends_at)
    if not employee.works_on(start.date()):
        raise BadCell(_("%(name)s does not work here on that day") % {"name": employee.full_name})
    return NewShift(employee.pk, starts_at, ends_at)


def _is_clock(cell: Cell) -> bool:
    return isinstance(cell, datetime.time) or (
        isinstance(cell, str) and CLOCK.fullmatch(cell.strip()) is not None
    )


def _moment(cell: Cell | datetime.time, day: datetime.date | None) -> datetime.datetime:
    """The wall-clock moment a cell says, a bare time on ``day``. Raises BadCell."""
    if isinstance(cell, datetime.datetime):
        return cell.replace(tzinfo=None)
    clock = cell if isinstance(cell, datetime.time) else None
    text = "" if clock else text_of(cell)
    if match := MOMENT.fullmatch(text):
        day, text = date_of(match[1]), match[2]
    if match := CLOCK.fullmatch(text):
        try:
            clock = datetime.time(int(match[1]), int(match[2]))
        except ValueError:
            clock = None
    if clock is None or day is None:
        raise BadCell(
            _("“%(text)s” is not a moment; write 31.12.2026 09:00, or 09:00 beside a day")
            % {"text": str(cell or "")[:40]}
        )
    return datetime.datetime.combine(day, clock)


def _overlaps(shifts: dict[int, NewShift]) -> list[RowError]:
    """Rows that would have somebody work twice at once."""
    errors = []
    previous: dict[int, tuple[datetime.datetime, int]] = {}
    ordered = sorted(shifts.items(), key=lambda item: (item[1].starts_at, item[1].ends_at))
    for line, shift in ordered:
        ends_at, earlier = previous.get(shift.employee_id, (shift.starts_at, 0))
        if shift.starts_at < ends_at:
            reason = _("overlaps the shift in row %(row)s") % {"row": earlier}
            errors.append(RowError(line, reason))
        if shift.ends_at >= ends_at:
            previous[shift.employee_id] = (shift.ends_at, line)
    return errors
