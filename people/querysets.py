"""Sets of people: who works here, in which team, on which day, and whose records a viewer may read."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from people.roles import Role

if TYPE_CHECKING:
    from people.viewer import Viewer

# Of what is searched for, so many words count: nobody has a longer name, and each makes the query deeper.
MOST_WORDS = 8

# Whose work it is to read everybody's record.
READ_EVERYBODY = (Role.HR, Role.AUDITOR, Role.ADMINISTRATOR)


class TeamQuerySet(models.QuerySet):
    """Teams, also with those below them."""

    def ids_with_descendants(self) -> frozenset[int]:
        """The keys of these teams and of all teams below them. Two queries, however deep the tree."""
        found = set(self.values_list("pk", flat=True))
        if not found:
            return frozenset()
        below: dict[int, set[int]] = {}
        for pk, parent in self.model.objects.values_list("pk", "parent_id"):
            below.setdefault(parent, set()).add(pk)
        frontier = found
        while frontier:
            frontier = set().union(*(below.get(pk, set()) for pk in frontier)) - found
            found |= frontier
        return frozenset(found)

    def with_descendants(self) -> "TeamQuerySet":
        """These teams and all teams below them."""
        return self.model.objects.filter(pk__in=self.ids_with_descendants())


class EmployeeQuerySet(models.QuerySet):
    """Employees by day."""

    def working_on(self, day: datetime.date) -> "EmployeeQuerySet":
        """Hired by ``day`` and not yet gone; the last day of work still counts."""
        return self.filter(hired_on__lte=day).filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def with_assignment_on(self, day: datetime.date) -> "EmployeeQuerySet":
        """Each with ``team_id_then`` and ``position_id_then``, or None before the first assignment."""
        assignments = self.model.assignments.rel.related_model
        latest = assignments.objects.filter(employee=OuterRef("pk"), starts_on__lte=day).order_by(
            "-starts_on"
        )
        return self.annotate(
            team_id_then=Subquery(latest.values("team_id")[:1]),
            position_id_then=Subquery(latest.values("position_id")[:1]),
        )

    def with_place_names(self, day: datetime.date) -> "EmployeeQuerySet":
        """Each with ``team_name`` and ``position_name`` of the assignment on ``day``, or of a first one ahead."""
        assignments = self.model.assignments.rel.related_model
        own = assignments.objects.filter(employee=OuterRef("pk"))
        held = own.filter(starts_on__lte=day).order_by("-starts_on")
        ahead = own.filter(starts_on__gt=day).order_by("starts_on")
        return self.annotate(
            **{
                f"{name}_name": Coalesce(
                    Subquery(held.values(f"{name}__name")[:1]),
                    Subquery(ahead.values(f"{name}__name")[:1]),
                )
                for name in ("team", "position")
            }
        )

    def matching(self, words: str) -> "EmployeeQuerySet":
        """Those whose name, address or personnel number contain every one of ``words``."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            found = found.filter(
                Q(full_name__icontains=word)
                | Q(user__email__icontains=word)
                | Q(external_id__icontains=word)
            )
        return found

    def in_teams_on(self, teams, day: datetime.date) -> "EmployeeQuerySet":
        """Those whose assignment on ``day`` is in one of ``teams`` (a query set, rows or ids)."""
        assignments = self.model.assignments.rel.related_model
        there = assignments.objects.in_force_on(day).filter(employee=OuterRef("pk"), team__in=teams)
        return self.filter(Exists(there))

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "EmployeeQuerySet":
        """The people whose record ``viewer`` may read at ``at``, in SQL.

        One's own; a mentor their trainees'; a lead those of the teams they lead and of all below; HR, the
        auditor and the administrator everybody's. Whoever works here and is none of these sees only
        themselves, the anonymous nobody.
        """
        if viewer.is_superuser or viewer.has_role(*READ_EVERYBODY):
            return self.all()
        if viewer.employee_id is None:
            return self.none()
        mine = Q(pk=viewer.employee_id) | Q(mentor_id=viewer.employee_id)
        if viewer.led_team_ids:
            assignments = self.model.assignments.rel.related_model
            day = at.astimezone(viewer.tz).date()
            led = assignments.objects.in_force_on(day).filter(
                employee=OuterRef("pk"), team__in=viewer.led_team_ids
            )
            mine |= Exists(led)
        return self.filter(mine)


class AssignmentQuerySet(models.QuerySet):
    """Assignments by day."""

    def in_force_on(self, day: datetime.date) -> "AssignmentQuerySet":
        """The one assignment of each employee that holds on ``day``."""
        later = self.model.objects.filter(
            employee=OuterRef("employee"), starts_on__lte=day, starts_on__gt=OuterRef("starts_on")
        )
        return self.filter(starts_on__lte=day).filter(~models.Exists(later))


class LeaveQuerySet(models.QuerySet):
    """Leaves by day."""

    def covering(self, day: datetime.date) -> "LeaveQuerySet":
        """Leaves that ``day`` belongs to, both ends included."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def meeting(self, first: datetime.date, last: datetime.date) -> "LeaveQuerySet":
        """Leaves with a day in common with ``first`` to ``last``."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class ShiftQuerySet(models.QuerySet):
    """Shifts by moment."""

    def running_at(self, moment: datetime.datetime) -> "ShiftQuerySet":
        """Shifts that ``moment`` belongs to."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def meeting(self, start: datetime.datetime, end: datetime.datetime) -> "ShiftQuerySet":
        """Shifts that have time in common with ``start`` to ``end``."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)
