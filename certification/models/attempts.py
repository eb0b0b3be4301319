"""Attempts: the frozen paper, every answer as it came, and the one submission."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.choices import AttemptState
from certification.models.quizzes import Quiz
from certification.querysets import AnswerSaveQuerySet, AttemptQuerySet, SubmissionQuerySet
from common.ledger import AppendOnlyRow


class Attempt(models.Model):
    """One person takes one quiz once. Paper and deadline are fixed at the start; states change by guarded update."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="attempts"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    seed = models.PositiveBigIntegerField(editable=False)
    # Everything the attempt needs ever after, what is right included: see certification.papers.
    paper = models.JSONField(editable=False)
    paper_sha256 = models.CharField(max_length=64, editable=False)
    started_at = models.DateTimeField(editable=False)
    deadline_at = models.DateTimeField(editable=False)
    state = models.CharField(
        max_length=9, choices=AttemptState.choices, default=AttemptState.OPEN, editable=False
    )
    # One-time key of the start form: a second click finds the first attempt.
    key = models.UUIDField(unique=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "quiz"],
                condition=Q(state=AttemptState.OPEN),
                name="one_open_attempt_per_person_and_quiz",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=models.F("started_at")),
                name="an_attempt_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline_at"], name="attempt_run_out")]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.quiz_id}, {self.started_at}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has handed it in; its time may be over all the same."""
        return self.state == AttemptState.OPEN


class AnswerSave(AppendOnlyRow):
    """An answer as it came. The current one of a slot is the one received last."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="saves")
    slot = models.PositiveSmallIntegerField()
    given = models.JSONField()
    flagged = models.BooleanField(default=False)
    # The browser's name for the tab and its own count of saves: together the key of this save.
    client = models.CharField(max_length=36)
    seq = models.PositiveIntegerField()
    payload_sha256 = models.CharField(max_length=64)
    # Another text came under a key that was taken: kept, answered with a conflict, never current.
    refused = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    objects = AnswerSaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "slot", "client", "seq"],
                condition=Q(refused=False),
                name="one_answer_per_key",
            ),
            models.UniqueConstraint(
                fields=["attempt", "slot", "client", "seq", "payload_sha256"],
                name="the_same_answer_is_kept_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}, {self.slot}: {self.client}, {self.seq}"


class Submission(AppendOnlyRow):
    """The attempt as it was handed in, or as it stood when time ran out, and what it was worth then.

    What counts now may be another result (``Rescoring``): ask ``Submission.objects.counting()``.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="submission")
    submitted_at = models.DateTimeField()
    by_deadline = models.BooleanField()
    # The answers that counted, by slot, and the scored result: see certification.rules.scoring.
    answers = models.JSONField()
    result = models.JSONField()
    passed = models.BooleanField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.submitted_at}"
