"""Whoever is on the way: the cohort of a trainer, HR or a lead, and who may be put on a programme."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from courses.models import Enrollment, Programme
from courses.permissions import FOLLOWS_EVERYBODY
from courses.selectors.plans import PlanReading, read_plans
from people.models import Employee, Team
from people.viewer import Viewer

PER_PAGE = 50


@dataclass(frozen=True)
class Cohort:
    """A page of plans under way, those that are behind first on it; ``page`` knows the others."""

    plans: Sequence[PlanReading]
    page: Page


def learners_of(viewer: Viewer, at: datetime.datetime) -> QuerySet[Employee]:
    """Whose plans ``viewer`` follows: a trainer, HR and the auditor everybody's, a lead those of their teams."""
    if viewer.has_role(*FOLLOWS_EVERYBODY) or viewer.is_superuser:
        return Employee.objects.all()
    day = at.astimezone(viewer.tz).date()
    return Employee.objects.in_teams_on(list(viewer.led_team_ids), day)


def cohort(
    viewer: Viewer, at: datetime.datetime, *, programme: int | None, page: str = "1"
) -> Cohort:
    """The plans under way of those ``viewer`` follows, of one ``programme`` or all. Twelve queries."""
    plans = Enrollment.objects.under_way().filter(employee__in=learners_of(viewer, at))
    if programme is not None:
        plans = plans.filter(programme=programme)
    found = Paginator(plans.order_by("starts_on", "employee__full_name", "pk"), PER_PAGE)
    shown = found.get_page(page)
    rows = read_plans(Enrollment.objects.filter(pk__in=[row.pk for row in shown.object_list]), at)
    rows.sort(key=lambda one: (-len(one.standing.late), one.enrollment.employee.full_name))
    return Cohort(rows, shown)


def to_enroll(
    viewer: Viewer, at: datetime.datetime, *, programme: Programme, team: Team
) -> QuerySet[Employee]:
    """The people of ``team`` whom ``viewer`` may put on ``programme`` and who are not on it, by name."""
    day = at.astimezone(viewer.tz).date()
    on_it = Enrollment.objects.under_way().filter(employee=OuterRef("pk"), programme=programme)
    people = learners_of(viewer, at).working_on(day).in_teams_on([team.pk], day)
    free = people.filter(~Exists(on_it)).exclude(pk=viewer.employee_id)
    return free.order_by("full_name", "pk")


def teams_of(viewer: Viewer) -> QuerySet[Team]:
    """The teams ``viewer`` may choose people from, by name."""
    if viewer.has_role(*FOLLOWS_EVERYBODY) or viewer.is_superuser:
        return Team.objects.order_by("name")
    return Team.objects.filter(pk__in=viewer.led_team_ids).order_by("name")
