"""Questions taken out of use, and attempts judged anew: because of that, of an appeal, of an assessed open answer.

Nothing is ever deleted.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.choices import RemedyChoice
from certification.models.appeals import Appeal
from certification.models.assessments import Assessment
from certification.models.attempts import Submission
from certification.models.items import AskedVersion
from certification.querysets import SuspensionQuerySet
from common.ledger import AppendOnlyRow


class QuestionSuspension(models.Model):
    """Somebody took a version of a question out of use, for a reason. Lifted by a guarded update, once."""

    version = models.ForeignKey(AskedVersion, on_delete=models.PROTECT, related_name="suspensions")
    remedy = models.CharField(max_length=8, choices=RemedyChoice.choices)
    reason = models.TextField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # One-time key of the form: a second click finds the first suspension.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(max_length=500, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspended question")
        verbose_name_plural = _("suspended questions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(lifted_at__isnull=True),
                name="a_version_is_suspended_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.reason}"

    @property
    def stands(self) -> bool:
        """Whether nobody has lifted it."""
        return self.lifted_at is None


class Rescoring(AppendOnlyRow):
    """An attempt judged anew: a question of it was suspended, the suspension lifted, an appeal accepted, or an open
    answer of it assessed.

    The results before stay.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="rescorings")
    number = models.PositiveSmallIntegerField()
    suspension = models.ForeignKey(
        QuestionSuspension, null=True, on_delete=models.PROTECT, related_name="rescorings"
    )
    lifted = models.BooleanField()
    appeal = models.OneToOneField(
        Appeal, null=True, on_delete=models.PROTECT, related_name="rescoring"
    )
    assessment = models.OneToOneField(
        Assessment, null=True, on_delete=models.PROTECT, related_name="rescoring"
    )
    result = models.JSONField()
    passed = models.BooleanField()
    # Of each competence that says something else now: what it said, what it says (certification.rules.rescoring).
    changes = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attempt judged anew")
        verbose_name_plural = _("attempts judged anew")
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="rescorings_of_an_attempt_are_a_line"
            ),
            models.UniqueConstraint(
                fields=["submission", "suspension", "lifted"],
                name="an_attempt_follows_a_suspension_once",
            ),
            models.CheckConstraint(
                condition=Q(suspension__isnull=False, appeal__isnull=True, assessment__isnull=True)
                | Q(
                    suspension__isnull=True,
                    appeal__isnull=False,
                    assessment__isnull=True,
                    lifted=False,
                )
                | Q(
                    suspension__isnull=True,
                    appeal__isnull=True,
                    assessment__isnull=False,
                    lifted=False,
                ),
                name="an_attempt_is_judged_anew_for_one_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}, {self.number}"

    @property
    def cause(self) -> QuestionSuspension | Appeal | Assessment:
        """What it follows."""
        return self.appeal or self.assessment or self.suspension
