"""From rows to what the rule judges: cells of many people at once, in a handful of queries."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from competence.choices import EventType
from competence.models import (
    Competence,
    CompetenceEvent,
    MaterialChange,
    PositionRequirement,
    RecertificationWindow,
)
from competence.profiles import Asked, Dated, Held, timeline
from competence.rule import events as rule
from competence.rule.cells import Cell
from competence.rule.history import History
from competence.rule.knowledge import KnowledgeTrack
from people.models import Assignment, Employee

# A cell is known by these two ids.
Key = tuple[int, int]

FIELDS = (
    "pk",
    "employee_id",
    "competence_id",
    "type",
    "on",
    "known_on",
    "level",
    "rating",
    "passed",
    "covers_changes",
    "call",
    "first_day",
    "last_day",
    "valid_months",
    "withdraws_id",
    "actor_id",
)


@dataclass(frozen=True)
class LoadedCell:
    """What the rule judges, and beside it whose gate each requirement is."""

    cell: Cell
    requirements: tuple[Dated, ...]


def load_cells(
    employees: Collection[Employee], competence_ids: Collection[int] | None = None
) -> dict[Key, LoadedCell]:
    """The cells of ``employees`` in which anything is required or has happened. Six queries, however many.

    With ``competence_ids`` only those, and then every one of them for everybody, empty ones too.
    """
    people = {employee.pk: employee for employee in employees}
    competences = Competence.objects.all()
    if competence_ids is not None:
        competences = competences.filter(pk__in=competence_ids)
    judged = {one.pk: one.as_judged() for one in competences}
    profiles = _profiles(people, judged)
    own, for_all = _events(people, competence_ids)
    changes = _changes(judged)
    campaigns = tuple(one.as_judged() for one in RecertificationWindow.objects.all())
    wanted = (
        {key for key, dated in profiles.items() if dated} | own.keys()
        if competence_ids is None
        else {(person, competence) for person in people for competence in judged}
    )
    found = {}
    for key in wanted:
        person, competence = key
        if competence not in judged:
            continue
        zone = people[person].tz
        dated = profiles.get(key, ())
        happened = [*own.get(key, ()), *for_all.get(person, ())]
        happened.sort(key=lambda row: row[0])
        events = [event for _pk, event in happened]
        for row in changes.get(competence, ()):
            events.append(_as_change(row, zone))
        found[key] = LoadedCell(
            Cell(
                competence=judged[competence],
                requirements=tuple(one.requirement for one in dated),
                campaigns=campaigns,
                events=events,
            ),
            dated,
        )
    return found


def load_tracks(
    employees: Collection[Employee], competence_ids: Collection[int], known: datetime.date
) -> dict[Key, KnowledgeTrack]:
    """What tests gave each of ``employees`` in these competences, by what was recorded through ``known``.

    Every one of them for everybody. Three queries, however many.
    """
    people = {employee.pk: employee for employee in employees}
    competences = Competence.objects.filter(pk__in=competence_ids)
    own, for_all = _events(people, competence_ids)
    campaigns = tuple(one.as_judged() for one in RecertificationWindow.objects.all())
    found = {}
    for competence in competences:
        for person in people:
            entries = [*own.get((person, competence.pk), []), *for_all.get(person, [])]
            cell = Cell(
                competence=competence.as_judged(),
                events=tuple(event for _pk, event in sorted(entries, key=lambda one: one[0])),
                campaigns=campaigns,
            )
            found[person, competence.pk] = History(cell, known).knowledge
    return found


def _profiles(people: dict[int, Employee], judged) -> dict[Key, tuple[Dated, ...]]:
    held: dict[int, list[Held]] = defaultdict(list)
    rows = Assignment.objects.filter(employee__in=_few(people))
    for employee_id, starts_on, position_id in rows.values_list(
        "employee_id", "starts_on", "position_id"
    ):
        held[employee_id].append(Held(starts_on, position_id))
    asked: dict[int, dict[int, list[Asked]]] = defaultdict(lambda: defaultdict(list))
    for row in PositionRequirement.objects.filter(competence__in=judged):
        asked[row.competence_id][row.position_id].append(
            Asked(row.starts_on, row.level, row.upper, row.queue_id)
        )
    return {
        (person, competence): timeline(held[person], by_position)
        for competence, by_position in asked.items()
        for person in people
    }


def _few(people: dict[int, Employee]) -> list[int] | Iterable:
    """The ids themselves; databases limit how many one query may name."""
    return list(people) if len(people) <= 900 else Employee.objects.values("pk")


def _events(people: dict[int, Employee], competence_ids):
    rows = CompetenceEvent.objects.filter(employee__in=_few(people))
    if competence_ids is not None:
        rows = rows.filter(competence__in=competence_ids) | rows.filter(competence__isnull=True)
    own: dict[Key, list] = defaultdict(list)
    for_all: dict[int, list] = defaultdict(list)
    for row in rows.order_by("employee", "seq").values_list(*FIELDS, named=True):
        if row.employee_id not in people:
            continue
        entry = (row.pk, as_rule_event(row))
        if row.competence_id is None:
            for_all[row.employee_id].append(entry)
        else:
            own[row.employee_id, row.competence_id].append(entry)
    return own, for_all


def _changes(judged) -> dict[int, list[MaterialChange]]:
    found: dict[int, list[MaterialChange]] = defaultdict(list)
    for row in MaterialChange.objects.filter(competence__in=judged).order_by("competence", "seq"):
        found[row.competence_id].append(row)
    return found


def local_day(moment: datetime.datetime, zone) -> datetime.date:
    """The day of ``moment`` on a clock in ``zone``."""
    return moment.astimezone(zone).date()


def _as_change(row: MaterialChange, zone) -> rule.Event:
    recorded = local_day(row.recorded_at, zone)
    if row.withdraws_id:
        return rule.Withdrawal(on=recorded, id=f"change {row.pk}", of=f"change {row.withdraws_id}")
    published = local_day(row.published_at, zone)
    return rule.Change(
        on=published,
        id=f"change {row.pk}",
        recorded=max(recorded, published),
        effective=local_day(row.effective_at, zone),
    )


BUILDERS: dict[str, Callable[[Any, dict], rule.Event]] = {
    EventType.QUIZ: lambda row, known: rule.Quiz(
        **known,
        level=row.level,
        passed=row.passed,
        covers_changes=row.covers_changes,
        valid_months=row.valid_months,
    ),
    EventType.OBSERVATION: lambda row, known: rule.Observation(
        **known,
        rating=row.rating,
        rater=str(row.actor_id),
        call=row.call or None,
        valid_months=row.valid_months,
    ),
    EventType.CALIBRATION: lambda row, known: rule.Calibration(
        **known, call=row.call, rating=row.rating
    ),
    EventType.CHECK: lambda row, known: rule.Check(**known),
    EventType.PROGRESS: lambda row, known: rule.Progress(**known),
    EventType.RATING: lambda row, known: rule.OutsideRating(**known, rating=row.rating),
    EventType.DECLARED: lambda row, known: rule.Declared(**known, level=row.level),
    EventType.COMMISSION: lambda row, known: rule.Commission(**known, level=row.level),
    EventType.OVERRIDE: lambda row, known: rule.Override(
        **known, level=row.level, until=row.last_day
    ),
    EventType.LEAVE: lambda row, known: rule.Leave(**known, first=row.first_day, last=row.last_day),
    EventType.SUSPENSION: lambda row, known: rule.Suspension(**known, until=row.last_day),
    EventType.WITHDRAWAL: lambda row, known: rule.Withdrawal(**known, of=str(row.withdraws_id)),
}


def as_rule_event(row) -> rule.Event:
    """The event of the rule that a row of the ledger stands for. Raises ImpossibleEvent for values that cannot be."""
    known = {"on": row.on, "id": str(row.pk), "recorded": max(row.known_on, row.on)}
    return BUILDERS[row.type](row, known)
