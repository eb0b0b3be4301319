"""The matrix: people by competences on a day, filtered, counted, the worst on top."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from competence.choices import GateMode, StateChoice
from competence.loading import Key, load_cells, local_day
from competence.models import CellSegment, Competence, Queue
from competence.profiles import on_day
from competence.rule.judging import judge
from people.models import Employee
from people.viewer import Viewer

# Worst first; also the order of the chips.
STATES = list(StateChoice.values)
WEIGHT = {state: len(STATES) - place for place, state in enumerate(STATES)}
NAMED_AT_MOST = 900
# Two years back and the year the cache reaches ahead.
EARLIEST_DAYS, LATEST_DAYS = 3660, 395


class Shown(NamedTuple):
    """One cell of the matrix; ``state`` is empty where nothing is required, ``shut`` where its gate is closed."""

    level: int
    target: int | None
    state: str
    shut: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for. Values that make no sense are passed over."""

    team: int | None = None
    position: int | None = None
    area: int | None = None
    state: str = ""
    target: bool = False
    on: datetime.date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], today: datetime.date) -> "Asked":
        """The request in ``query``; a day out of reach or today's is no day at all."""
        state = query.get("state", "")
        return cls(
            team=_number(query.get("team")),
            position=_number(query.get("position")),
            area=_number(query.get("area")),
            state=state if state in STATES else "",
            target=query.get("show") == "target",
            on=_day(query.get("on"), today),
        )

    def as_query(self, **changed) -> dict[str, str]:
        """The parameters of the address that asks for this, with ``changed`` ones."""
        values = {
            "team": self.team,
            "position": self.position,
            "area": self.area,
            "state": self.state,
            "show": "target" if self.target else "",
            "on": self.on.isoformat() if self.on else "",
        } | changed
        return {name: str(value) for name, value in values.items() if value}


@dataclass
class Row:
    """One person with their cells by competence id."""

    employee: Employee
    cells: dict[int, Shown] = field(default_factory=dict)
    shut: int = 0
    gated: bool = False

    @property
    def rank(self) -> tuple:
        """Who may not take calls first, then whoever has the worst cells."""
        counts = Counter(cell.state for cell in self.cells.values())
        return (-self.shut, *(-counts[state] for state in STATES[:4]), self.employee.full_name)


@dataclass
class Board:
    """The matrix as asked for."""

    asked: Asked
    day: datetime.date
    rows: list[Row]
    competences: list[Competence]
    counts: dict[str, int]
    people: int
    teams: list[tuple[int, str]]
    positions: list[tuple[int, str]]
    areas: list[tuple[int, str]]

    @property
    def title(self) -> str:
        """The team that was chosen, or the only one there is; "" for several."""
        if self.asked.team:
            return dict(self.teams).get(self.asked.team, "")
        return self.teams[0][1] if len(self.teams) == 1 else ""


def board(viewer: Viewer, asked: Asked, at: datetime.datetime) -> Board:
    """The people whose record ``viewer`` may read, by what their positions require. Four queries today.

    A past day is judged from the ledger as it was known then; a day ahead, as if nothing new happened.
    """
    today = local_day(at, viewer.tz)
    day = asked.on or today
    everybody = list(
        Employee.objects.visible_to(viewer, at)
        .working_on(day)
        .with_assignment_on(day)
        .with_place_names(day)
        .filter(team_id_then__isnull=False)
        .order_by("full_name", "pk")
    )
    people = [
        one
        for one in everybody
        if asked.team in (None, one.team_id_then) and asked.position in (None, one.position_id_then)
    ]
    competences = list(Competence.objects.select_related("area"))
    areas = list(dict.fromkeys((one.area_id, one.area.name) for one in competences))
    cells = _judged_then(people, day) if day < today else _cached(people, day, asked.on, at)
    rows = _rows(people, cells)
    if asked.area:
        competences = [one for one in competences if one.area_id == asked.area]
    wanted = {one.pk for one in competences}
    used: set[int] = set()
    counts: Counter[str] = Counter()
    for row in rows:
        for competence_id, cell in row.cells.items():
            if competence_id in wanted and (cell.state or cell.level):
                used.add(competence_id)
                counts[cell.state] += 1
    if asked.state:
        rows = [
            row
            for row in rows
            if any(
                cell.state == asked.state and competence_id in wanted
                for competence_id, cell in row.cells.items()
            )
        ]
    rows.sort(key=lambda row: row.rank)
    return Board(
        asked=asked,
        day=day,
        rows=rows,
        competences=[one for one in competences if one.pk in used],
        counts={state: counts[state] for state in STATES if counts[state]},
        people=len(people),
        teams=_named(everybody, "team"),
        positions=_named(everybody, "position"),
        areas=areas,
    )


def _named(people, what: str) -> list[tuple[int, str]]:
    pairs = {(getattr(one, f"{what}_id_then"), getattr(one, f"{what}_name")) for one in people}
    return sorted(pairs, key=lambda pair: pair[1])


def _rows(people: list[Employee], cells: Mapping[Key, tuple[Shown, bool]]) -> list[Row]:
    rows = {one.pk: Row(one) for one in people}
    for (employee_id, competence_id), (cell, gated) in cells.items():
        row = rows[employee_id]
        row.cells[competence_id] = cell
        row.shut += cell.shut
        row.gated |= gated
    return list(rows.values())


def _cached(
    people: list[Employee], day: datetime.date, asked_on: datetime.date | None, at
) -> dict[Key, tuple[Shown, bool]]:
    """From the cache: each person's own today, or the day that was asked for."""
    zones = {one.zone: one.tz for one in people}
    today = {zone: asked_on or local_day(at, tz) for zone, tz in zones.items()}
    days = {one.pk: today[one.zone] for one in people}
    if not days:
        return {}
    found = {}
    segments = CellSegment.objects.filter(
        first_day__lte=max(days.values()), last_day__gte=min(days.values())
    )
    if len(days) <= NAMED_AT_MOST:
        segments = segments.filter(employee__in=list(days))
    for (
        employee_id,
        competence_id,
        first,
        last,
        level,
        target,
        state,
        gate,
        mode,
    ) in segments.values_list(
        "employee_id",
        "competence_id",
        "first_day",
        "last_day",
        "level",
        "target",
        "state",
        "gate",
        "queue__gate_mode",
    ):
        own = days.get(employee_id)
        if own is not None and first <= own <= last:
            gated = bool(gate) and mode != GateMode.OFF
            shown = Shown(level, target, state, gated and gate == "shut")
            found[employee_id, competence_id] = (shown, gated)
    return found


def _judged_then(people: list[Employee], day: datetime.date) -> dict[Key, tuple[Shown, bool]]:
    """From the ledger, as it was known on ``day``. Seven queries."""
    modes = dict(Queue.objects.values_list("pk", "gate_mode"))
    found = {}
    for key, loaded in load_cells(people).items():
        judged = judge(loaded.cell, day)
        required = on_day(loaded.requirements, day)
        if judged.state is None and not judged.level:
            continue
        gated = bool(judged.gate) and modes.get(required.queue_id) != GateMode.OFF
        target = required.requirement.level if required else None
        state = judged.state.value if judged.state else ""
        found[key] = (
            Shown(judged.level, target, state, gated and judged.gate == "shut"),
            gated,
        )
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 12 else None


def _day(text: str | None, today: datetime.date) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if -EARLIEST_DAYS <= (day - today).days <= LATEST_DAYS and day != today else None
