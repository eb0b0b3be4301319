"""From rows to the plan of a campaign: who works in its lines on which days, and what of theirs must be shown again."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from certification.models import Question, RecertificationDuty
from certification.rules.campaigns import Person, Plan, Round, Unplaced, Window, plan
from certification.rules.cutting import Due
from certification.rules.limits import HIGHEST_LEVEL, LEAST_QUESTIONS
from certification.rules.rounds import round_of
from competence.choices import EventType, Kind, Risk
from competence.loading import load_cells, local_day
from competence.models import (
    CellSegment,
    Competence,
    CompetenceArticle,
    CompetenceEvent,
    RecertificationWindow,
)
from competence.rule.calendar import add_days
from competence.rule.history import History
from competence.rule.knowledge import KnowledgeTrack
from competence.services.segments import DAYS_AHEAD
from kb.models import ChangeNotice
from people.models import Employee, Team
from people.selectors import working_times
from people.working_hours import WorkingTime

DAY = datetime.timedelta(days=1)
# Judged ahead are four hundred days, and a campaign looks sixty beyond its last.
LATEST_START = DAYS_AHEAD - 100
RISKS = {risk: place for place, risk in enumerate(Risk.values)}

Cell = tuple[int, int]


@dataclass(frozen=True)
class Called:
    """Somebody's round as it is shown before it is opened."""

    employee: Employee
    round: Round


@dataclass(frozen=True)
class LinePlan:
    """One line of a plan: its people, how many are called on its fullest day, and how many work then."""

    team: Team
    called: Sequence[Called]
    unplaced: Sequence[tuple[Employee, Unplaced]]
    most_at_once: int


@dataclass(frozen=True)
class Preview:
    """A plan with the people and competences it speaks of; ``lacking`` have too few questions to be asked at all."""

    window: Window
    plan: Plan
    lines: Sequence[LinePlan]
    competences: Mapping[int, Competence]
    lacking: Sequence[tuple[Competence, int, int]]


def windows_to_plan(today: datetime.date) -> QuerySet[RecertificationWindow]:
    """The recertification windows that a campaign can still be opened in, the next one first."""
    return RecertificationWindow.objects.filter(
        ends_on__gt=today, starts_on__lte=add_days(today, LATEST_START)
    ).order_by("starts_on")


def preview(
    *,
    window: RecertificationWindow,
    teams: Collection[Team],
    percent: int,
    at: datetime.datetime,
    today: datetime.date,
) -> Preview:
    """The plan for the people of ``teams``, nothing written. The number of queries does not grow with them.

    Nobody is called before the day after ``today``.
    """
    bounds = Window(first=window.starts_on, last=window.ends_on, percent=percent)
    first = max(window.starts_on, today + DAY)
    by_id = {one.pk: one for one in teams}
    rows = Employee.objects.working_on(first).in_teams_on(list(by_id), first)
    people = {one.pk: one for one in rows.with_assignment_on(first).order_by("pk")}
    due, lacking = _due(people, bounds.reach, at)
    times = times_between(people.values(), first, window.ends_on)
    half = round_of(window.starts_on)
    called = set(
        RecertificationDuty.objects.standing()
        .filter(round=half, employee__in=people)
        .values_list("employee_id", flat=True)
    )
    planned = plan(
        [
            _person(one, times[one.pk], due.get(one.pk, ()), first, window.ends_on, called)
            for one in people.values()
        ],
        bounds,
    )
    competences = Competence.objects.in_bulk(
        {one.competence for dues in due.values() for one in dues} | {key[0] for key in lacking}
    )
    return Preview(
        window=bounds,
        plan=planned,
        lines=_lines(planned, people, by_id),
        competences=competences,
        lacking=[
            (competences[key[0]], key[1], count)
            for key, count in sorted(lacking.items())
            if key[0] in competences
        ],
    )


def working_days(
    time: WorkingTime, first: datetime.date, last: datetime.date
) -> tuple[datetime.date, ...]:
    """The days from ``first`` to ``last`` on which somebody works."""
    days = (first + n * DAY for n in range((last - first).days + 1))
    return tuple(day for day in days if time.shifts_on(day))


def times_between(
    people: Iterable[Employee], first: datetime.date, last: datetime.date
) -> dict[int, WorkingTime]:
    """The working time of each of ``people`` by id, true for these days. Three queries."""
    midnight = datetime.time(tzinfo=datetime.UTC)
    return working_times(
        people,
        since=datetime.datetime.combine(first, midnight),
        until=datetime.datetime.combine(last, midnight),
    )


def _person(employee: Employee, time: WorkingTime, due, first, last, called) -> Person:
    return Person(
        id=employee.pk,
        line=employee.team_id_then,
        days=working_days(time, first, last),
        due=tuple(due),
        hired_on=employee.hired_on,
        returns=tuple(away.last + DAY for away in time.away if away.last),
        called=employee.pk in called,
    )


def _due(
    people: Mapping[int, Employee], reach: datetime.date, at: datetime.datetime
) -> tuple[dict[int, list[Due]], Counter]:
    """By person what ends by ``reach``; and by competence and level for how many there are too few questions to ask."""
    cells = _cells_that_end(people, reach)
    competence_ids = {competence for _person, competence in cells}
    owners = [people[pk] for pk in {person for person, _competence in cells}]
    loaded = load_cells(owners, competence_ids) if owners else {}
    changes = _changes(owners, competence_ids)
    enough = _enough_questions(competence_ids)
    due: dict[int, list[Due]] = defaultdict(list)
    lacking: Counter = Counter()
    for (person, competence), (target, risk) in sorted(cells.items()):
        today, level = local_day(at, people[person].tz), min(target, HIGHEST_LEVEL)
        knowledge = History(loaded[person, competence].cell, today).knowledge
        last = last_day_known(knowledge, level, today)
        if last is None or last > reach:
            continue
        if (competence, level) not in enough:
            lacking[competence, level] += 1
            continue
        due[person].append(
            Due(
                competence=competence,
                level=level,
                risk=RISKS[risk],
                on=last,
                changes=changes.get((person, competence), 0),
            )
        )
    return due, lacking


def last_day_known(track: KnowledgeTrack, level: int, today: datetime.date) -> datetime.date | None:
    """The last day of the knowledge at ``level``, also one that is over; None for who never had it.

    Who never had it is still learning: that is their plan's business and no campaign's.
    """
    held = track.last_day(level, today)
    if held is not None:
        return held
    over = [
        min(one.last, one.ended - DAY) if one.ended else one.last
        for one in track.holdings
        if one.level >= level and one.since <= today
    ]
    return max(over, default=None)


def _cells_that_end(people, reach: datetime.date) -> dict[Cell, tuple[int, str]]:
    """The required cells that are below their target on the day ``reach`` if nothing happens: target and risk."""
    rows = (
        CellSegment.objects.filter(
            employee__in=people,
            competence__kind__in=[Kind.KNOWLEDGE, Kind.SKILL],
            target__gt=0,
        )
        .covering(reach)
        .required()
    )
    return {
        (row.employee_id, row.competence_id): (row.target, row.competence.risk)
        for row in rows.select_related("competence")
        if row.level < row.target
    }


def _enough_questions(competence_ids: Collection[int]) -> set[tuple[int, int]]:
    """The competences and levels of which a paper can be drawn."""
    rows = Question.objects.drawable().filter(competence__in=competence_ids).order_by()
    counts = rows.values_list("competence", "level").annotate(Count("pk"))
    return {(competence, level) for competence, level, n in counts if n >= LEAST_QUESTIONS}


def _changes(people: Collection[Employee], competence_ids: Collection[int]) -> dict[Cell, int]:
    """By cell how many articles changed since its person's last pass. Three queries."""
    teaching: dict[uuid.UUID, set[int]] = defaultdict(set)
    rows = CompetenceArticle.objects.filter(competence__in=competence_ids)
    for article, competence in rows.values_list("article_uuid", "competence"):
        teaching[article].add(competence)
    told: dict[int, dict[uuid.UUID, datetime.datetime]] = defaultdict(dict)
    notices = ChangeNotice.objects.standing().asking().filter(article_uuid__in=list(teaching))
    for article, moment in notices.order_by("announced_at").values_list(
        "article_uuid", "announced_at"
    ):
        for competence in teaching[article]:
            told[competence][article] = moment
    passes = CompetenceEvent.objects.standing().filter(
        type=EventType.QUIZ, passed=True, employee__in=people, competence__in=list(told)
    )
    passed = {
        (person, competence): moment
        for person, competence, moment in passes.order_by()
        .values_list("employee", "competence")
        .annotate(Max("recorded_at"))
    }
    return {
        (person.pk, competence): sum(
            moment > passed[person.pk, competence] for moment in moments.values()
        )
        for competence, moments in told.items()
        for person in people
        if (person.pk, competence) in passed
    }


def _lines(planned: Plan, people: Mapping[int, Employee], teams: Mapping[int, Team]):
    called: dict[int, list[Called]] = defaultdict(list)
    for one in planned.rounds:
        called[one.line].append(Called(people[one.person], one))
    unplaced: dict[int, list[tuple[Employee, Unplaced]]] = defaultdict(list)
    for person, reason in planned.unplaced:
        unplaced[person.line].append((people[person.id], reason))
    most: dict[int, int] = defaultdict(int)
    for (line, _day), count in planned.by_day().items():
        most[line] = max(most[line], count)
    return [
        LinePlan(
            teams[line],
            sorted(called[line], key=lambda one: (one.round.papers[0].day, one.employee.full_name)),
            sorted(unplaced[line], key=lambda pair: pair[0].full_name),
            most[line],
        )
        for line in sorted(teams, key=lambda pk: teams[pk].name)
        if called[line] or unplaced[line]
    ]
