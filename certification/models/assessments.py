"""Open answers that an assessor judges, and how they were judged. Nothing of it is ever changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models.attempts import Submission
from certification.models.items import AskedVersion
from certification.querysets import OpenAnswerQuerySet
from certification.rules.rubrics import Mark
from common.ledger import AppendOnlyRow


class OpenAnswer(AppendOnlyRow):
    """An open answer that was handed in; written with its submission, one for each question that got words."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="open_answers"
    )
    slot = models.PositiveSmallIntegerField()
    version = models.ForeignKey(AskedVersion, on_delete=models.PROTECT, related_name="open_answers")
    at = models.DateTimeField()

    objects = OpenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("open answer")
        verbose_name_plural = _("open answers")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "slot"], name="an_open_answer_waits_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}, {self.slot}"


class Assessment(AppendOnlyRow):
    """What an assessor gave an open answer, criterion by criterion. Once: who objects appeals."""

    answer = models.OneToOneField(OpenAnswer, on_delete=models.PROTECT, related_name="assessment")
    # For each criterion of the rubric, in its order, the points and the comment.
    marks = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("assessment of an open answer")
        verbose_name_plural = _("assessments of open answers")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.at}"

    @property
    def given(self) -> list[Mark]:
        """The marks as the rule knows them."""
        return [Mark(points, comment) for points, comment in self.marks]
