"""Who says that a question is true for a text of its article, and up to which version that holds."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models.questions import Question
from common.ledger import AppendOnlyRow


class QuestionConfirmation(AppendOnlyRow):
    """Somebody looked: this question, as it is, is true for this text of its article.

    ``number`` is missing where the text was not approved yet; its hash tells which version it became.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="confirmations")
    question_sha256 = models.CharField(max_length=64)
    article_uuid = models.UUIDField(db_index=True)
    article_sha256 = models.CharField(max_length=64)
    number = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmed question")
        verbose_name_plural = _("confirmed questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "question_sha256", "article_uuid", "article_sha256"],
                name="a_question_is_confirmed_once_for_a_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.article_uuid}, {self.number or self.article_sha256[:8]}"


class QuestionStanding(models.Model):
    """Up to which version of its article a question holds. Derived from confirmations; sweeps derive it again."""

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="standing"
    )
    sha256 = models.CharField(max_length=64)
    article_uuid = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.question_id}: {self.number}"


class ConfirmationWaiver(AppendOnlyRow):
    """Somebody answers by name for a must-confirm change without a question for the new text."""

    article_uuid = models.UUIDField()
    article_sha256 = models.CharField(max_length=64)
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("waiver of a question")
        verbose_name_plural = _("waivers of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["article_uuid", "article_sha256"], name="one_waiver_per_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_uuid}, {self.article_sha256[:8]}"
