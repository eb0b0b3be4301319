"""Whom a competence concerns: whose position requires it, whose record holds it, and who has answered a change."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from competence.choices import Kind, Risk
from competence.models import CellSegment, Competence, CompetenceArticle, CompetenceEvent
from competence.rule.changes import latest_day
from competence.rule.figures import DEFAULT_FIGURES


def taught_by(article_uuids: Collection) -> dict:
    """The competences that each of these articles teaches, in the order of the matrix. One query."""
    found: dict = {uuid: [] for uuid in article_uuids}
    links = CompetenceArticle.objects.filter(article_uuid__in=found).select_related("competence")
    for link in links.order_by("competence__area__order", "competence__order", "competence__name"):
        found[link.article_uuid].append(link.competence)
    return found


def concerned_cells(
    competence_ids: Collection[int] | None,
    day: datetime.date,
    *,
    employee_id: int | None = None,
) -> list[CellSegment]:
    """The cells on ``day`` that a position requires or in which a level is held; None: of everything. One query."""
    cells = CellSegment.objects.covering(day)
    if competence_ids is not None:
        cells = cells.filter(competence__in=competence_ids)
    if employee_id is not None:
        cells = cells.filter(employee=employee_id)
    wanted = cells.concerned().select_related("competence")
    return list(wanted.order_by("employee_id", "competence__order", "competence_id"))


def is_asked(competence: Competence) -> bool:
    """Whether a change of its articles is asked about with a date: not of low risk, nor of a quality."""
    return competence.risk != Risk.LOW and competence.kind != Kind.QUALITY


def check_by(
    competences: Collection[Competence], *, published: datetime.date, effective: datetime.date
) -> datetime.date | None:
    """By when a change of these competences is to be checked by who is not away; None: no date."""
    days = [
        latest_day(one.as_judged().risk, published, effective, DEFAULT_FIGURES)
        for one in competences
        if is_asked(one)
    ]
    return min(days, default=None)


def covering_quizzes(
    competence_ids: Collection[int], *, since: datetime.date, employee_id: int | None = None
) -> set[tuple[int, int, datetime.date]]:
    """Employee, competence and day of each full quiz passed since that covers changes. One query."""
    passed = CompetenceEvent.objects.covering_changes(since).filter(competence__in=competence_ids)
    if employee_id is not None:
        passed = passed.filter(employee=employee_id)
    return set(passed.values_list("employee_id", "competence_id", "on"))


def own_cells(
    employee_id: int, article_uuid: UUID, day: datetime.date, *, quizzes_since: datetime.date
) -> list[CellSegment]:
    """The cells of one person that a change of the article concerns, with competence and employee. One query.

    Each says in ``covered`` whether a full quiz passed since ``quizzes_since`` covers it.
    """
    quizzes = CompetenceEvent.objects.covering_changes(quizzes_since).filter(
        employee=OuterRef("employee"), competence=OuterRef("competence")
    )
    cells = CellSegment.objects.filter(
        employee=employee_id, competence__article_links__article_uuid=article_uuid
    )
    concerned = cells.covering(day).concerned().annotate(covered=Exists(quizzes))
    ordered = concerned.order_by("competence__order", "competence_id")
    return list(ordered.select_related("competence", "employee"))
