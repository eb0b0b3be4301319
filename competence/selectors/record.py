"""One person's record: readiness, cells worst first, what lies ahead, and the evidence of one cell over time."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from competence.choices import GateMode, StateChoice
from competence.extensions import SourceLink, SourceRef, links_of
from competence.loading import load_cells, local_day
from competence.models import CellSegment, Competence, CompetenceArticle, CompetenceEvent
from competence.models import MaterialChange as ChangeRow
from competence.rule.calendar import DAY, add_days
from competence.rule.cells import Kind
from competence.rule.events import Commission, Override
from competence.rule.history import History
from competence.rule.lapsing import level_turns
from competence.rule.levels import last_day_of_skill_practice, reach_on
from competence.rule.reasons import Code, Lacking, Reason
from competence.sentences import sentence
from competence.services.segments import of_cell
from people.models import Employee
from people.viewer import Viewer

ORDER = {state: place for place, state in enumerate(StateChoice.values)}
AHEAD_DAYS = 90
CHART_DAYS = 365
EVIDENCE_SHOWN = 40


@dataclass(frozen=True)
class Readiness:
    """Whether somebody may work a queue; ``shut`` names the competences whose gates are closed.

    Only where the gate is ``enforced`` a shut one keeps somebody from the queue; else it is advice.
    """

    queue: str
    shut: tuple[str, ...]
    enforced: bool = False

    @property
    def may_work(self) -> bool:
        """Whether the queue is open: its gates are, or they only advise."""
        return not self.shut or not self.enforced


@dataclass(frozen=True)
class Ahead:
    """What ends or is due within ninety days."""

    competence: Competence
    day: datetime.date
    state: str
    in_days: int


@dataclass(frozen=True)
class Line:
    """One track over the last year: days since the beginning, and the level from then on."""

    name: str
    steps: tuple[tuple[int, int], ...]

    @property
    def now(self) -> int:
        """The level today."""
        return self.steps[-1][1] if self.steps else 0


@dataclass(frozen=True)
class Holds:
    """A track today: its level and how long it lasts."""

    name: str
    level: int
    until: datetime.date | None


@dataclass(frozen=True)
class Evidence:
    """An entry of the timeline: an event, or a change of an article that concerns the cell."""

    on: datetime.date
    event: CompetenceEvent | None = None
    change: ChangeRow | None = None
    link: SourceLink | None = None
    withdrawn: bool = False
    note: str = ""


def reason_of(segment: CellSegment) -> Reason:
    """The reason a segment was stored with."""
    return Reason(
        code=Code(segment.reason),
        level=segment.level,
        target=segment.target,
        until=segment.reason_day,
        lacking=Lacking(segment.lacking) if segment.lacking else None,
        above_band=segment.above_band,
    )


def why(segment: CellSegment) -> str:
    """The sentence people see, in the active language."""
    return sentence(reason_of(segment))


def cells_of(employee: Employee, at: datetime.datetime) -> list[CellSegment]:
    """The cells of ``employee`` on their own today, worst first; what is not required last. One query."""
    today = local_day(at, employee.tz)
    rows = CellSegment.objects.filter(employee=employee).covering(today)
    return sorted(
        rows.select_related("competence__area", "queue"),
        key=lambda row: (
            ORDER.get(row.state, len(ORDER)),
            row.until or datetime.date.max,
            row.competence.name,
        ),
    )


def cell_on(
    employee: Employee, competence: Competence, day: datetime.date | None, at: datetime.datetime
) -> CellSegment | None:
    """One cell on ``day`` (None: the employee's today); a past day from the ledger, as it was known then."""
    today = local_day(at, employee.tz)
    day = day or today
    if day >= today:
        rows = CellSegment.objects.filter(employee=employee, competence=competence).covering(day)
        return rows.select_related("competence", "queue").first()
    loaded = load_cells([employee], [competence.pk])[employee.pk, competence.pk]
    rows = of_cell((employee.pk, competence.pk), loaded, day)
    if not rows:
        return None
    rows[0].competence = competence
    return rows[0]


def readiness_of(cells: Sequence[CellSegment]) -> list[Readiness]:
    """For each queue whose gate is not off: which of its gates are shut."""
    queues: dict[str, list[str]] = {}
    enforced: set[str] = set()
    for cell in cells:
        if cell.queue and cell.gate and cell.queue.gate_mode != GateMode.OFF:
            shut = queues.setdefault(cell.queue.name, [])
            if cell.gate == "shut":
                shut.append(cell.competence.name)
            if cell.queue.gate_mode == GateMode.ENFORCE:
                enforced.add(cell.queue.name)
    return [
        Readiness(queue, tuple(shut), queue in enforced) for queue, shut in sorted(queues.items())
    ]


def ahead_of(
    employee: Employee, cells: Sequence[CellSegment], at: datetime.datetime
) -> list[Ahead]:
    """What ends within ninety days, by day: checks that are due and levels that lapse. One query."""
    today = local_day(at, employee.tz)
    last = add_days(today, AHEAD_DAYS)
    found: list[Ahead] = []
    lapses = CellSegment.objects.filter(
        employee=employee,
        state=StateChoice.LAPSED,
        first_day__gt=today,
        first_day__lte=add_days(last, 1),
    ).values_list("competence_id", "first_day")
    ends = {}
    for competence_id, first_day in lapses:
        ends.setdefault(competence_id, first_day - DAY)
    for cell in cells:
        if not cell.state:
            continue
        if cell.check_by and today <= cell.check_by <= last:
            found.append(_ahead(cell, cell.check_by, StateChoice.STALE, today))
        elif cell.competence_id in ends:
            found.append(_ahead(cell, ends[cell.competence_id], StateChoice.DUE_SOON, today))
    return sorted(found, key=lambda one: (one.day, one.competence.name))


def _ahead(cell: CellSegment, day: datetime.date, state: StateChoice, today) -> Ahead:
    return Ahead(cell.competence, day, state.value, (day - today).days)


def history_of(
    employee: Employee,
    competence: Competence,
    at: datetime.datetime,
    day: datetime.date | None = None,
) -> History:
    """The cell as known today, or on a past ``day``, worked out. Six queries."""
    loaded = load_cells([employee], [competence.pk])[employee.pk, competence.pk]
    today = local_day(at, employee.tz)
    return History(loaded.cell, min(day or today, today))


def levels_on(history: History, day: datetime.date) -> dict[str, tuple[int, datetime.date | None]]:
    """Knowledge and practice on ``day``, each with its last day; what a verdict or override gives, as level."""
    kind = history.cell.competence.kind
    if kind is Kind.QUALITY:
        reach = reach_on(history, day)
        return {"rating": (reach.level, reach.last_day(reach.level))}
    knowledge = max((one.level for one in history.knowledge.in_force(day)), default=0)
    found = {
        "knowledge": (knowledge, history.knowledge.last_day(knowledge, day) if knowledge else None)
    }
    if kind is Kind.SKILL:
        found["practice"] = next(
            (
                (level, last)
                for level in (3, 2, 1)
                if (last := last_day_of_skill_practice(history, level, day))
            ),
            (0, None),
        )
    if history.of_type(Commission) or history.of_type(Override):
        reach = reach_on(history, day)
        found["level"] = (reach.level, reach.last_day(reach.level))
    return found


def tracks_today(history: History) -> list[Holds]:
    """What the tracks hold today."""
    return [Holds(name, *held) for name, held in levels_on(history, history.known).items()]


def lines_of(history: History) -> list[Line]:
    """The tracks over the last year, judged only on days on which they can differ."""
    today = history.known
    first = add_days(today, -CHART_DAYS)
    days = sorted({first, today} | {day for day in level_turns(history) if first < day <= today})
    steps: dict[str, list[tuple[int, int]]] = {}
    for day in days:
        for name, (level, _until) in levels_on(history, day).items():
            line = steps.setdefault(name, [])
            if not line or line[-1][1] != level:
                line.append(((day - first).days, level))
    return [Line(name, tuple(line)) for name, line in steps.items()]


def evidence_of(
    employee: Employee, competence: Competence, viewer: Viewer, at: datetime.datetime
) -> list[Evidence]:
    """What happened in a cell, newest first: events and material changes. Five queries and the providers'."""
    rows = list(
        CompetenceEvent.objects.of_cell(employee.pk, competence.pk)
        .select_related("actor", "second_actor", "note", "withdraws", "employee", "competence")
        .order_by("-on", "-seq")[:EVIDENCE_SHOWN]
    )
    standing = set(
        CompetenceEvent.objects.filter(pk__in=[row.pk for row in rows])
        .standing()
        .values_list("pk", flat=True)
    )
    changes = list(
        ChangeRow.objects.filter(
            competence=competence, withdraws__isnull=True, withdrawal__isnull=True
        ).order_by("-published_at")[:EVIDENCE_SHOWN]
    )
    refs = {SourceRef(row.source_kind, row.source_id) for row in rows}
    refs |= {SourceRef("article", str(change.article_uuid)) for change in changes}
    refs |= {_of_change(change) for change in changes}
    links = links_of(refs, viewer)
    found = [
        Evidence(
            on=row.on,
            event=row,
            link=links.get(SourceRef(row.source_kind, row.source_id)),
            withdrawn=row.pk not in standing,
            note=row.note.text if hasattr(row, "note") else "",
        )
        for row in rows
    ]
    found += [
        Evidence(
            on=local_day(change.published_at, employee.tz),
            change=change,
            link=links.get(_of_change(change))
            or links.get(SourceRef("article", str(change.article_uuid))),
        )
        for change in changes
    ]
    return sorted(found, key=lambda one: (one.on, one.change is None), reverse=True)[
        :EVIDENCE_SHOWN
    ]


def _of_change(change: ChangeRow) -> SourceRef:
    """What an app may know of this very change: that it is part of a larger one."""
    return SourceRef("change", f"{change.article_uuid}:{change.number}")


def newest_change(competence: Competence) -> ChangeRow | None:
    """The last material change that stands."""
    return (
        ChangeRow.objects.filter(
            competence=competence, withdraws__isnull=True, withdrawal__isnull=True
        )
        .order_by("-published_at")
        .first()
    )


def article_of(
    competence: Competence, viewer: Viewer
) -> tuple[ChangeRow | None, SourceLink | None]:
    """The article the chain begins with: the one that changed last, else one that teaches the competence."""
    change = newest_change(competence)
    uuid = change.article_uuid if change else None
    if uuid is None:
        uuid = (
            CompetenceArticle.objects.filter(competence=competence)
            .order_by("pk")
            .values_list("article_uuid", flat=True)
            .first()
        )
    if uuid is None:
        return None, None
    ref = SourceRef("article", str(uuid))
    return change, links_of({ref}, viewer).get(ref)
