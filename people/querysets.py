"""Sets of people: who works here, in which team, on which day."""

import datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery


class TeamQuerySet(models.QuerySet):
    """Teams, also with those below them."""

    def with_descendants(self) -> "TeamQuerySet":
        """These teams and all teams below them (the tree is small: one query a level)."""
        found = set(self.values_list("pk", flat=True))
        frontier = found
        while frontier:
            frontier = (
                set(self.model.objects.filter(parent__in=frontier).values_list("pk", flat=True))
                - found
            )
            found |= frontier
        return self.model.objects.filter(pk__in=found)


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


class ShiftQuerySet(models.QuerySet):
    """Shifts by moment."""

    def running_at(self, moment: datetime.datetime) -> "ShiftQuerySet":
        """Shifts that ``moment`` belongs to."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)
