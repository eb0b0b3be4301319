"""What somebody says is wrong with how a question of theirs was judged, and what an assessor decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.choices import AppealState
from certification.models.attempts import Submission
from certification.querysets import AppealQuerySet


class Appeal(models.Model):
    """One question of one attempt, and why its answer should count. Decided by a guarded update, once."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="appeals")
    slot = models.PositiveSmallIntegerField()
    words = models.TextField(_("what is wrong"), max_length=1000)
    at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=AppealState.choices, default=AppealState.OPEN, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_because = models.TextField(max_length=1000, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "slot"], name="one_appeal_per_question_of_an_attempt"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=AppealState.OPEN, decided_by__isnull=True, decided_at__isnull=True
                )
                | (
                    ~Q(state=AppealState.OPEN)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="a_decided_appeal_says_by_whom_and_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "at"], name="appeals_in_order")]

    def __str__(self) -> str:
        return f"{self.submission_id}, {self.slot}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.state == AppealState.OPEN

    @property
    def is_accepted(self) -> bool:
        """Whether the answer counts because of it."""
        return self.state == AppealState.ACCEPTED
