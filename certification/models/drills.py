"""Five minutes a day: the questions somebody repeats because they wish to. Private, never evidence."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models.questions import Question
from certification.querysets import DrillCardQuerySet
from certification.rules.drills import Memory


class Drill(models.Model):
    """Somebody has chosen to repeat a little every day. Choosing otherwise deletes it with all its cards."""

    employee = models.OneToOneField(
        "people.Employee", on_delete=models.CASCADE, related_name="drill"
    )
    since = models.DateTimeField(editable=False)
    # The day of their own on which so many were answered, and on which new questions were last looked for.
    day = models.DateField(null=True, editable=False)
    answered = models.PositiveSmallIntegerField(default=0, editable=False)
    gathered_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("daily practice")
        verbose_name_plural = _("daily practices")

    def __str__(self) -> str:
        return f"{self.employee_id}"

    def answered_on(self, day: datetime.date) -> int:
        """How many were answered on ``day``, the last one or a later."""
        return self.answered if self.day == day else 0


class DrillCard(models.Model):
    """One question that comes back when it is about to be forgotten."""

    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="cards")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="drill_cards")
    # What the schedule remembers: see certification.rules.drills.
    stability = models.FloatField(null=True, editable=False)
    difficulty = models.FloatField(null=True, editable=False)
    last_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(editable=False)
    # How often it was answered: an answer to an earlier turn counts no more.
    turn = models.PositiveIntegerField(default=0, editable=False)

    objects = DrillCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to repeat")
        verbose_name_plural = _("questions to repeat")
        constraints = [
            models.UniqueConstraint(fields=["drill", "question"], name="one_card_per_question")
        ]
        indexes = [models.Index(fields=["drill", "due_at"], name="drill_cards_due")]

    def __str__(self) -> str:
        return f"{self.drill_id}: {self.question_id}"

    @property
    def memory(self) -> Memory:
        """What the schedule remembers of it."""
        return Memory(
            stability=self.stability,
            difficulty=self.difficulty,
            last_at=self.last_at,
            due_at=self.due_at,
        )
