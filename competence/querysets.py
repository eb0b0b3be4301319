"""Sets of events and judgements: of a person's record, on a day, and those a viewer may read."""

import datetime
from typing import TYPE_CHECKING

from django.db import models

from competence.choices import EventType
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
        return self.filter(~self._withdrawn())

    def with_stands(self) -> "CompetenceEventQuerySet":
        """Each with ``stands``: whether it is one of ``standing()``."""
        return self.annotate(stands=~self._withdrawn())

    def _withdrawn(self) -> models.Exists:
        withdrawals = self.model.objects.filter(withdraws=models.OuterRef("pk"))
        undone = self.model.objects.filter(withdraws=models.OuterRef("pk"))
        return models.Exists(withdrawals.filter(~models.Exists(undone)))

    def covering_changes(self, since: datetime.date) -> "CompetenceEventQuerySet":
        """Full quizzes passed since that asked about the changes of their competence too."""
        quizzes = self.standing().filter(type=EventType.QUIZ, passed=True, covers_changes=True)
        return quizzes.filter(on__gte=since)


class CellSegmentQuerySet(OfEmployeeQuerySet):
    """Segments of the cache."""

    def covering(self, day: datetime.date) -> "CellSegmentQuerySet":
        """The segment of each cell that holds on ``day``."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def concerned(self) -> "CellSegmentQuerySet":
        """Those that a change concerns: a position requires the cell, or a level is held in it."""
        return self.filter(models.Q(target__isnull=False) | models.Q(level__gt=0))

    def required(self) -> "CellSegmentQuerySet":
        """Those of cells that a position requires."""
        return self.exclude(state="")
