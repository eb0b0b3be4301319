"""Who was qualified for a competence on a day, on what proof and by which versions: the auditor's question."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from competence.choices import EventType, StateChoice
from competence.extensions import SourceLink, SourceRef, links_of
from competence.loading import load_cells, local_day
from competence.models import Competence, CompetenceEvent, EventBasis
from competence.rule.history import History
from competence.rule.judging import Judgement, judge_day
from competence.selectors.matrix import EARLIEST_DAYS
from people.models import Employee
from people.viewer import Viewer

# In these states somebody is at target: COMPETENCE.md calls it "may".
QUALIFIED = (StateChoice.CURRENT, StateChoice.DUE_SOON, StateChoice.STALE)
# What a level rests on; of each kind the last one is the proof that is shown.
PROOFS = (
    EventType.QUIZ,
    EventType.CHECK,
    EventType.OBSERVATION,
    EventType.COMMISSION,
    EventType.OVERRIDE,
    EventType.DECLARED,
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked. ``as_known_now``: with what was recorded since, as withdrawals and late sign-offs."""

    competence: Competence | None
    day: datetime.date
    as_known_now: bool = False
    everybody: bool = False

    def as_query(self, **changed) -> dict[str, str]:
        """The parameters of the address that asks for this, with ``changed`` ones."""
        values = {
            "competence": self.competence.pk if self.competence else "",
            "on": self.day.isoformat(),
            "known": "now" if self.as_known_now else "",
            "show": "all" if self.everybody else "",
        } | changed
        return {name: str(value) for name, value in values.items() if value}


@dataclass(frozen=True)
class Version:
    """An article in the version that the proof rests on; no title where the viewer may not read it."""

    article_uuid: str
    number: int
    link: SourceLink | None


@dataclass(frozen=True)
class Row:
    """One person on that day: the judgement, the proof behind it, and the versions it rests on."""

    employee: Employee
    judgement: Judgement
    target: int | None
    proofs: Sequence[CompetenceEvent]
    versions: Sequence[Version]

    @property
    def state(self) -> str:
        """Its state; "" where the position required nothing."""
        return self.judgement.state.value if self.judgement.state else ""

    @property
    def qualified(self) -> bool:
        """At target that day."""
        return self.state in QUALIFIED


@dataclass(frozen=True)
class Answer:
    """Everybody in whose cell anything was required or held that day; who was qualified first."""

    question: Question
    rows: Sequence[Row]
    required: int
    qualified: int

    @property
    def shown(self) -> list[Row]:
        """Those who were qualified, or everybody."""
        return [row for row in self.rows if row.qualified or self.question.everybody]


def asked_for(query: Mapping[str, str], today: datetime.date) -> Question:
    """The question in an address. A day that makes no sense, or lies ahead, is today. One query."""
    wanted = query.get("competence", "")
    competence = None
    if wanted.isdecimal() and len(wanted) < 10:
        competence = Competence.objects.filter(pk=wanted).first()
    try:
        day = datetime.date.fromisoformat(query.get("on", ""))
    except ValueError:
        day = today
    if not 0 <= (today - day).days <= EARLIEST_DAYS:
        day = today
    return Question(
        competence=competence,
        day=day,
        as_known_now=query.get("known") == "now",
        everybody=query.get("show") == "all",
    )


def who_was_qualified(question: Question, viewer: Viewer, at: datetime.datetime) -> Answer:
    """Of the people whose record ``viewer`` may read. Nine queries and the providers', however many people."""
    competence = question.competence
    if competence is None:
        return Answer(question, (), 0, 0)
    day, today = question.day, local_day(at, viewer.tz)
    known = today if question.as_known_now else day
    people = list(
        Employee.objects.visible_to(viewer, at)
        .working_on(day)
        .with_assignment_on(day)
        .with_place_names(day)
        .filter(team_id_then__isnull=False)
        .order_by("full_name", "pk")
    )
    cells = load_cells(people, [competence.pk])
    events, basis = _events_of(competence, day)
    drafts = []
    for person in people:
        cell = cells[person.pk, competence.pk].cell
        history = History(cell, known)
        judgement = judge_day(history, day)
        if judgement.state is None and not judgement.level:
            continue
        proofs, versions = _proof(history, day, events, basis)
        requirement = cell.requirement_on(day)
        drafts.append((person, judgement, requirement, proofs, versions))
    refs = {SourceRef("article", uuid) for *_rest, versions in drafts for uuid in versions}
    links = links_of(refs, viewer)
    rows = [
        Row(
            person,
            judgement,
            requirement.level if requirement else None,
            proofs,
            [
                Version(uuid, number, links.get(SourceRef("article", uuid)))
                for uuid, number in sorted(versions.items())
            ],
        )
        for person, judgement, requirement, proofs, versions in drafts
    ]
    rows.sort(key=lambda row: (not row.qualified, not row.state))
    return Answer(
        question,
        rows,
        required=sum(bool(row.state) for row in rows),
        qualified=sum(row.qualified for row in rows),
    )


def _events_of(
    competence: Competence, day: datetime.date
) -> tuple[dict[str, CompetenceEvent], dict[str, list[tuple[str, int]]]]:
    """What may prove something by ``day``, and the versions each rests on; by id. Two queries."""
    rows = CompetenceEvent.objects.filter(competence=competence, type__in=PROOFS, on__lte=day)
    events = {str(row.pk): row for row in rows.exclude(type=EventType.QUIZ, passed=False)}
    basis: dict[str, list[tuple[str, int]]] = {}
    for event, uuid, number in EventBasis.objects.filter(event__in=rows).values_list(
        "event", "article_uuid", "number"
    ):
        basis.setdefault(str(event), []).append((str(uuid), number))
    return events, basis


def _proof(
    history: History, day: datetime.date, events: Mapping[str, CompetenceEvent], basis: Any
) -> tuple[list[CompetenceEvent], dict[str, int]]:
    """Of what counted that day: the last of each kind, the latest first; and each article's newest version."""
    last: dict[str, CompetenceEvent] = {}
    versions: dict[str, int] = {}
    for event in history.events:
        row = events.get(event.id or "")
        if row is None or event.on > day:
            continue
        last[row.type] = row
        for uuid, number in basis.get(event.id, ()):
            versions[uuid] = max(number, versions.get(uuid, 0))
    return sorted(last.values(), key=lambda row: row.on, reverse=True), versions
