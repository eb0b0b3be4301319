"""What readers said of an article: that it helped, or why not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kb.choices import Reason
from kb.querysets import FeedbackQuerySet

WORDS_LENGTH = 1000


class Feedback(models.Model):
    """One reader on one version of an article. Who works here is named, so that they get an answer; customers never.

    What did not help is a part of a task: readers who say the same stand in one.
    """

    # Of the form it came by: a second click finds the first row.
    key = models.UUIDField(unique=True, editable=False)
    article = models.ForeignKey("kb.ArticlePage", on_delete=models.CASCADE, related_name="feedback")
    number = models.PositiveIntegerField(_("version"))
    helped = models.BooleanField(_("helped"))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices, blank=True)
    words = models.TextField(_("in their words"), max_length=WORDS_LENGTH, blank=True)
    employee = models.ForeignKey(
        "people.Employee", null=True, on_delete=models.PROTECT, related_name="feedback"
    )
    task = models.ForeignKey(
        "kb.ContentTask", null=True, on_delete=models.CASCADE, related_name="feedback"
    )
    given_at = models.DateTimeField()

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes = [models.Index(fields=["article", "helped"], name="feedback_of_article")]
        constraints = [
            models.CheckConstraint(
                condition=Q(helped=True, reason="", task__isnull=True)
                | (Q(helped=False, task__isnull=False) & ~Q(reason="")),
                name="what_did_not_help_has_a_reason_and_a_task",
            ),
            models.UniqueConstraint(
                fields=["article", "number", "employee"],
                condition=Q(helped=True, employee__isnull=False),
                name="a_version_helps_a_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.number}: {self.reason or 'helped'}"
