"""Answers to the short check of a changed article."""

from django.conf import settings
from django.db import models

from certification.models.questions import Question
from common.ledger import AppendOnlyRow


class CheckAnswer(AppendOnlyRow):
    """What somebody answered to one question of a check, and whether it was right."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="check_answers"
    )
    version = models.ForeignKey(
        "kb.ArticleVersion", on_delete=models.PROTECT, related_name="check_answers"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="check_answers")
    question_sha256 = models.CharField(max_length=64)
    given = models.JSONField()
    right = models.BooleanField()
    # One-time key of the form: the same again answers as the first time.
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["version", "employee", "right"], name="check_answers_of_version")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.version_id}: {self.question_id}"
