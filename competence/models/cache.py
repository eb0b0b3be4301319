"""The cache of judgements: what each cell is on each day ahead as if nothing new happened. Holds no truth."""

from django.db import models

from competence.choices import StateChoice
from competence.models.catalogue import Competence
from competence.models.requirements import Queue
from competence.querysets import CellSegmentQuerySet


class CellSegment(models.Model):
    """Days on which the judgement of one cell is the same; ``state`` is empty where nothing is required."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.CASCADE, related_name="cell_segments"
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.CASCADE, related_name="cell_segments"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    level = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=StateChoice.choices, blank=True)
    until = models.DateField(null=True)
    check_by = models.DateField(null=True)
    gate = models.CharField(max_length=4, blank=True)
    queue = models.ForeignKey(Queue, null=True, on_delete=models.CASCADE, related_name="+")
    above_band = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=24)
    reason_day = models.DateField(null=True)
    lacking = models.CharField(max_length=10, blank=True)

    objects = CellSegmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "competence", "first_day"],
                name="one_segment_per_cell_and_first_day",
            )
        ]
        indexes = [
            models.Index(fields=["first_day", "last_day"], name="segment_days"),
            models.Index(fields=["state", "first_day"], name="segment_state"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.competence_id}: {self.state}, {self.first_day}"
