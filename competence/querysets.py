"""Sets of events and judgements: of a person's record, on a day, and those a viewer may read."""

import datetime
from typing import TYPE_CHECKING

from django.db import models

from people.models import Employee

if TYPE_CHECKING:
    from people.viewer import Viewer


class OfEmployeeQuerySet(models.QuerySet):
    """Rows about an employee: whoever may read the person's record may read them."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime):
        """The rows ``viewer`` may read at ``at``, in SQL: one's own, one's trainees', one's teams', or everybody's."""
        return self.filter(employee__in=Employee.objects.visible_to(viewer, at))


class CompetenceEventQuerySet(OfEmployeeQuerySet):
    """Events of the ledger."""

    def of_cell(self, employee_id: int, competence_id: int) -> "CompetenceEventQuerySet":
        """Everything that counts in one cell, also what concerns all cells of the person."""
        return self.filter(employee=employee_id).filter(
            models.Q(competence=competence_id) | models.Q(competence__isnull=True)
        )

    def standing(self) -> "CompetenceEventQuerySet":
        """Events that are not withdrawn, or whose withdrawal was itself withdrawn."""
        withdrawals = self.model.objects.filter(withdraws=models.OuterRef("pk"))
        undone = self.model.objects.filter(withdraws=models.OuterRef("pk"))
        in_effect = withdrawals.filter(~models.Exists(undone))
        return self.filter(~models.Exists(in_effect))


class CellSegmentQuerySet(OfEmployeeQuerySet):
    """Segments of the cache."""

    def covering(self, day: datetime.date) -> "CellSegmentQuerySet":
        """The segment of each cell that holds on ``day``."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def required(self) -> "CellSegmentQuerySet":
        """Those of cells that a position requires."""
        return self.exclude(state="")
