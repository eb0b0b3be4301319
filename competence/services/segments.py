"""Upkeep of the cache: judge the touched cells anew, and the whole of it at any time."""

import datetime
from collections.abc import Collection, Iterator

from django.db import transaction

from competence.loading import Key, LoadedCell, load_cells, local_day
from competence.models import CellSegment
from competence.profiles import on_day
from competence.rule.calendar import add_days
from competence.rule.segments import Segment, segments
from people.models import Employee

# As if nothing new happened: so far ahead that "who lapses in 90 days" is plain SQL, with a year to spare.
DAYS_AHEAD = 400
BATCH = 50
COMPARED = [
    "level",
    "target",
    "state",
    "until",
    "check_by",
    "gate",
    "queue_id",
    "above_band",
    "reason",
    "reason_day",
    "lacking",
]


@transaction.atomic
def refresh(
    *,
    employees: Collection[Employee],
    now: datetime.datetime,
    competence_ids: Collection[int] | None = None,
) -> int:
    """Judge the cells of ``employees`` anew, all or those of ``competence_ids``; how many segments there are.

    Deletes what stood there: a cell where nothing is required and nothing has happened has no segments.
    """
    computed = compute(employees=employees, now=now, competence_ids=competence_ids)
    old = CellSegment.objects.filter(employee__in=[one.pk for one in employees])
    if competence_ids is not None:
        old = old.filter(competence__in=competence_ids)
    old.delete()
    CellSegment.objects.bulk_create(computed, batch_size=500)
    return len(computed)


def compute(
    *,
    employees: Collection[Employee],
    now: datetime.datetime,
    competence_ids: Collection[int] | None = None,
) -> list[CellSegment]:
    """The segments of these cells, not written: from each person's own today, as known today."""
    people = {employee.pk: employee for employee in employees}
    found: list[CellSegment] = []
    for key, loaded in load_cells(employees, competence_ids).items():
        if not loaded.requirements and not loaded.cell.events:
            continue
        today = local_day(now, people[key[0]].tz)
        found += of_cell(key, loaded, today)
    return found


def of_cell(key: Key, loaded: LoadedCell, today: datetime.date) -> list[CellSegment]:
    """The segments of one cell from ``today`` on; none where nothing of it can be said."""
    spans = segments(loaded.cell, known=today, first=today, last=add_days(today, DAYS_AHEAD))
    rows = [_row(key, loaded, span) for span in spans]
    blank = all(not row.state and not row.level for row in rows)
    return [] if blank else rows


def _row(key: Key, loaded: LoadedCell, span: Segment) -> CellSegment:
    judged = span.judgement
    required = on_day(loaded.requirements, span.first)
    return CellSegment(
        employee_id=key[0],
        competence_id=key[1],
        first_day=span.first,
        last_day=span.last,
        level=judged.level,
        target=required.requirement.level if required else None,
        state=judged.state.value if judged.state else "",
        until=judged.until,
        check_by=judged.check_by,
        gate=judged.gate.value if judged.gate else "",
        queue_id=required.queue_id if required else None,
        above_band=judged.above_band,
        reason=judged.reason.code.value,
        reason_day=judged.reason.until,
        lacking=judged.reason.lacking.value if judged.reason.lacking else "",
    )


def batches_of_people() -> Iterator[list[Employee]]:
    """Everybody on record, a few at a time, so that no transaction is long."""
    ids = list(Employee.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield list(Employee.objects.filter(pk__in=ids[start : start + BATCH]))


def rebuild(*, now: datetime.datetime) -> int:
    """Judge every cell anew; how many segments there are. Run twice it changes nothing."""
    return sum(refresh(employees=people, now=now) for people in batches_of_people())


def differing_cells(*, now: datetime.datetime) -> list[Key]:
    """The cells whose cache says something else than the rule, on any day from today on that both speak of."""
    found: list[Key] = []
    for people in batches_of_people():
        days = {person.pk: local_day(now, person.tz) for person in people}
        cached = _by_cell(CellSegment.objects.filter(employee__in=days).order_by("first_day"), days)
        fresh = _by_cell(compute(employees=people, now=now), days)
        for key in cached.keys() | fresh.keys():
            if not _agree(cached.get(key, []), fresh.get(key, []), days[key[0]]):
                found.append(key)
    return sorted(found)


def _by_cell(rows, days: dict[int, datetime.date]) -> dict[Key, list[CellSegment]]:
    found: dict[Key, list[CellSegment]] = {}
    for row in rows:
        if row.last_day >= days[row.employee_id]:
            found.setdefault((row.employee_id, row.competence_id), []).append(row)
    return found


def _agree(cached: list[CellSegment], fresh: list[CellSegment], today: datetime.date) -> bool:
    if not cached or not fresh:
        return not cached and not fresh
    last = min(cached[-1].last_day, fresh[-1].last_day)
    return _spelt(cached, today, last) == _spelt(fresh, today, last)


def _spelt(rows: list[CellSegment], first: datetime.date, last: datetime.date) -> list[tuple]:
    """``rows`` cut to the days ``first`` to ``last``, neighbours that say the same joined."""
    spelt: list[tuple] = []
    for row in rows:
        if row.last_day < first or row.first_day > last:
            continue
        said = tuple(getattr(row, name) for name in COMPARED)
        start = max(row.first_day, first)
        if spelt and spelt[-1][1] == said:
            continue
        spelt.append((start, said))
    return spelt
