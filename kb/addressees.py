"""Whom a change of an article concerns, who must confirm it, and who has: for many notices at once.

Computed from rows at every look: requirements and levels (the cells of competence), acknowledgements, quizzes.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from competence.choices import StateChoice
from competence.models import CellSegment, Competence, CompetenceArticle
from competence.selectors.holders import (
    check_by,
    concerned_cells,
    covering_quizzes,
    is_asked,
    own_cells,
    taught_by,
)
from kb.announcing import NEEDS_A_QUESTION
from kb.choices import Audience
from kb.models import Acknowledgement, ArticlePage, AudienceTeam, ChangeNotice
from people.models import Assignment, Employee

# What a confirmation costs a person: reading the change, and the questions at half a minute each.
MINUTES_AT_LEAST = 2


@dataclass(frozen=True)
class Addressee:
    """A person whom a change concerns: by which cells, and whether they know it."""

    employee: Employee
    cells: tuple[CellSegment, ...]
    must_confirm: bool
    confirmed_at: datetime.datetime | None = None
    by_quiz: bool = False

    @property
    def is_done(self) -> bool:
        """They confirmed it, or passed a full quiz that covers it."""
        return self.confirmed_at is not None or self.by_quiz

    @property
    def is_outstanding(self) -> bool:
        """They must confirm it and have not."""
        return self.must_confirm and not self.is_done

    @property
    def required(self) -> tuple[CellSegment, ...]:
        """The cells that their position requires."""
        return tuple(cell for cell in self.cells if cell.target is not None)

    @property
    def gate_is_shut(self) -> bool:
        """Whether a gate is shut by one of these cells."""
        return any(cell.gate == "shut" for cell in self.required)

    @property
    def check_by(self) -> datetime.date | None:
        """Their own last day, leave considered; None where the rule sets none."""
        return min((cell.check_by for cell in self.required if cell.check_by), default=None)


@dataclass(frozen=True)
class Circle:
    """The addressees of one notice, by employee."""

    competences: tuple[Competence, ...]
    check_by: datetime.date | None
    people: dict[int, Addressee] = field(default_factory=dict)

    @property
    def is_urgent(self) -> bool:
        """Whether the change comes at once, however often people were interrupted: high and critical risk."""
        return any(one.risk in NEEDS_A_QUESTION for one in self.competences)

    @property
    def asked(self) -> list[Addressee]:
        """Those who must confirm."""
        return [one for one in self.people.values() if one.must_confirm]

    @property
    def outstanding(self) -> list[Addressee]:
        """Those of them who have not."""
        return [one for one in self.people.values() if one.is_outstanding]


def circles_of(
    notices: Collection[ChangeNotice], at: datetime.datetime, *, employee_id: int | None = None
) -> dict[int, Circle]:
    """The addressees of each of ``notices`` as they are at ``at``, by the notice's key. Seven queries at most.

    With ``employee_id`` only that person's place in each.
    """
    if not notices:
        return {}
    day = timezone.localdate(at)
    taught = taught_by({notice.article_uuid for notice in notices})
    competence_ids = {one.pk for competences in taught.values() for one in competences}
    cells = _cells_by_person(competence_ids, day, employee_id)
    people = Employee.objects.working_on(day).select_related("user").in_bulk(list(cells))
    admitted = admitted_to({notice.article_uuid for notice in notices}, day)
    confirmed = _confirmed(notices, employee_id)
    since = min(timezone.localdate(notice.announced_at) for notice in notices)
    quizzes = covering_quizzes(competence_ids, since=since, employee_id=employee_id)
    found = {}
    for notice in notices:
        competences = taught[notice.article_uuid]
        published = timezone.localdate(notice.announced_at)
        circle = Circle(
            tuple(competences),
            check_by(
                competences,
                published=published,
                effective=timezone.localdate(notice.effective_at),
            )
            if notice.asks
            else None,
        )
        ids = {one.pk for one in competences}
        covered = {(person, competence) for person, competence, on in quizzes if on >= published}
        for pk, employee in people.items():
            own = tuple(cell for cell in cells[pk] if cell.competence_id in ids)
            if own and admitted(notice.article_uuid, pk):
                circle.people[pk] = _placed(
                    notice, employee, own, covered, confirmed_at=confirmed.get((notice.pk, pk))
                )
        found[notice.pk] = circle
    return found


def together(notices: Collection[ChangeNotice]) -> dict[int, list[ChangeNotice]]:
    """What is told and confirmed as one with each of ``notices``, itself among it: one of a package with the others.

    One query at most.
    """
    packages = {notice.package_id for notice in notices if notice.package_id is not None}
    others: dict[int, list[ChangeNotice]] = defaultdict(list)
    if packages:
        standing = ChangeNotice.objects.standing().telling().not_followed()
        rows = standing.filter(package__in=packages).select_related("version", "package")
        for row in rows.order_by("version__title", "pk"):
            others[row.package_id].append(row)
    found = {}
    for notice in notices:
        group = others.get(notice.package_id or 0, [])
        found[notice.pk] = group if notice in group else [notice]
    return found


def joint_circles(
    notices: Collection[ChangeNotice], at: datetime.datetime, *, employee_id: int | None = None
) -> dict[int, Circle]:
    """As ``circles_of``; of a package one circle of all its articles, in which a person stands once."""
    groups = together(notices)
    every = {one.pk: one for group in groups.values() for one in group}
    circles = circles_of(list(every.values()), at, employee_id=employee_id)
    return {
        pk: circles[pk] if len(group) == 1 else joint([circles[one.pk] for one in group])
        for pk, group in groups.items()
    }


def joint(circles: Collection[Circle]) -> Circle:
    """One circle of several: who stands in any of them stands in it once, done only when all is done."""
    places: dict[int, list[Addressee]] = defaultdict(list)
    for circle in circles:
        for pk, place in circle.people.items():
            places[pk].append(place)
    competences = {one.pk: one for circle in circles for one in circle.competences}
    return Circle(
        tuple(competences.values()),
        min((one.check_by for one in circles if one.check_by), default=None),
        {pk: _joined(rows) for pk, rows in places.items()},
    )


def _joined(places: list[Addressee]) -> Addressee:
    asked = [one for one in places if one.must_confirm]
    cells = {cell.pk: cell for one in asked or places for cell in one.cells}
    moments = [one.confirmed_at for one in asked or places if one.confirmed_at]
    is_done = all(one.is_done for one in asked or places)
    return Addressee(
        employee=places[0].employee,
        cells=tuple(cells.values()),
        must_confirm=bool(asked),
        confirmed_at=max(moments) if moments and is_done else None,
        by_quiz=is_done and not moments,
    )


def place_of(notice: ChangeNotice, employee_id: int, at: datetime.datetime) -> Addressee | None:
    """The place of one person in the circle of one notice that they have not confirmed. One query.

    None if it does not concern them. Whether they may read the article at all is not asked here.
    """
    published = timezone.localdate(notice.announced_at)
    cells = own_cells(
        employee_id, notice.article_uuid, timezone.localdate(at), quizzes_since=published
    )
    if not cells:
        return None
    covered = {(cell.employee_id, cell.competence_id) for cell in cells if cell.covered}
    return _placed(notice, cells[0].employee, tuple(cells), covered)


def taught_to(employee_id: int, at: datetime.datetime, *, held_too: bool = False) -> QuerySet:
    """The articles that teach what the person's position requires, or also what their record holds: a subquery."""
    cells = CellSegment.objects.filter(employee=employee_id).covering(timezone.localdate(at))
    cells = cells.concerned() if held_too else cells.filter(target__isnull=False)
    links = CompetenceArticle.objects.filter(competence__in=cells.values("competence"))
    return links.values("article_uuid")


def circle_of(notice: ChangeNotice, at: datetime.datetime) -> Circle:
    """The addressees of one notice."""
    return circles_of([notice], at)[notice.pk]


@dataclass(frozen=True)
class Price:
    """What a change of an article would cost the people whom it concerns."""

    told: int
    asked: int
    teaches: bool
    needs_a_question: bool

    @property
    def minutes(self) -> int:
        """All their minutes together."""
        return self.asked * MINUTES_AT_LEAST


def price_of(articles: Collection[ArticlePage], at: datetime.datetime) -> Price:
    """What a change of ``articles`` would cost now; whom several of them concern is counted once. Five queries."""
    day = timezone.localdate(at)
    taught = taught_by([article.uuid for article in articles])
    competences = {one.pk: one for row in taught.values() for one in row}
    cells = _cells_by_person(set(competences), day, None)
    admitted = admitted_to(set(taught), day)
    working = Employee.objects.working_on(day).filter(pk__in=list(cells))
    told, asked = set(), set()
    for pk in working.values_list("pk", flat=True):
        for uuid, teaches in taught.items():
            ids = {one.pk for one in teaches}
            own = [cell for cell in cells[pk] if cell.competence_id in ids]
            if own and admitted(uuid, pk):
                told.add(pk)
                if _has_begun(own):
                    asked.add(pk)
    return Price(
        told=len(told),
        asked=len(asked),
        teaches=bool(competences),
        needs_a_question=any(one.risk in NEEDS_A_QUESTION for one in competences.values()),
    )


def _has_begun(cells: Collection[CellSegment]) -> bool:
    return any(cell.target is not None and cell.state != StateChoice.NONE for cell in cells)


def minutes_for(questions: int) -> int:
    """About how long one person needs: a minute to read, half a minute a question, at least two."""
    return max(MINUTES_AT_LEAST, 1 + -(-questions // 2))


def _cells_by_person(
    competence_ids: Collection[int], day: datetime.date, employee_id: int | None
) -> dict[int, list[CellSegment]]:
    cells: dict[int, list[CellSegment]] = defaultdict(list)
    if competence_ids:
        for cell in concerned_cells(competence_ids, day, employee_id=employee_id):
            cells[cell.employee_id].append(cell)
    return cells


def admitted_to(uuids: Collection[UUID], day: datetime.date):
    """Whether an article's audience includes an employee: everybody, or the chosen teams' members."""
    teams: dict[UUID, set[int]] = {}
    closed = ArticlePage.objects.filter(uuid__in=uuids, audience=Audience.TEAMS)
    for uuid in closed.values_list("uuid", flat=True):
        teams[uuid] = set()
    members: dict[int, int] = {}
    if teams:
        rows = AudienceTeam.objects.filter(article__uuid__in=teams)
        for uuid, team in rows.values_list("article__uuid", "team_id"):
            teams[uuid].add(team)
        members = dict(Assignment.objects.in_force_on(day).values_list("employee_id", "team_id"))
    return lambda uuid, employee_id: uuid not in teams or members.get(employee_id) in teams[uuid]


def _confirmed(
    notices: Collection[ChangeNotice], employee_id: int | None
) -> dict[tuple[int, int], datetime.datetime]:
    by_version = {notice.version_id: notice.pk for notice in notices}
    rows = Acknowledgement.objects.filter(version__in=by_version)
    if employee_id is not None:
        rows = rows.filter(employee=employee_id)
    return {
        (by_version[version], employee): at
        for version, employee, at in rows.values_list("version_id", "employee_id", "recorded_at")
    }


def _placed(
    notice: ChangeNotice,
    employee: Employee,
    cells: tuple[CellSegment, ...],
    covered: Collection[tuple[int, int]],
    *,
    confirmed_at: datetime.datetime | None = None,
) -> Addressee:
    published = timezone.localdate(notice.announced_at)
    asked = [cell for cell in cells if cell.target is not None and is_asked(cell.competence)]
    return Addressee(
        employee=employee,
        cells=cells,
        # Whose position requires it, who was here when it changed, and who had begun: others learn the new text.
        must_confirm=notice.asks and _has_begun(cells) and employee.hired_on <= published,
        confirmed_at=confirmed_at,
        # Full quizzes passed since have answered every cell that the change is asked about.
        by_quiz=bool(asked)
        and all((cell.employee_id, cell.competence_id) in covered for cell in asked),
    )
