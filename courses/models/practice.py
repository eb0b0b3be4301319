"""Practice: tasks with "done when", requests for a signature, and signatures as a ledger."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel

from common.ledger import LedgerRow
from competence.models.ledger import fingerprint
from courses.choices import Proof, RequestState
from courses.querysets import PracticeRequestQuerySet, SignOffQuerySet

HIGHEST_RATING = 3


class PracticeTask(ClusterableModel):
    """Something to be shown, and how one sees that it is done."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    done_when = models.TextField(
        _("done when"), help_text=_("What one sees, a line for each mark."), max_length=1500
    )
    proof = models.CharField(_("proof"), max_length=6, choices=Proof.choices, default=Proof.CALL)
    repetitions = models.PositiveSmallIntegerField(
        _("how often"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    on_different_days = models.BooleanField(_("each on a day of its own"), default=True)
    target = models.PositiveSmallIntegerField(
        _("rating it takes"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_RATING)],
    )
    needs_second = models.BooleanField(
        _("a second assessor signs as well"),
        default=False,
        help_text=_(
            "For what must not go wrong; the second one may listen to the recording later."
        ),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=20, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    competences = ParentalManyToManyField(
        "competence.Competence",
        verbose_name=_("competences it shows"),
        related_name="practice_tasks",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("done_when"),
        FieldPanel("competences"),
        FieldPanel("target"),
        FieldPanel("repetitions"),
        FieldPanel("on_different_days"),
        FieldPanel("needs_second"),
        FieldPanel("proof"),
        FieldPanel("minutes"),
    ]

    class Meta:
        verbose_name = _("practice task")
        verbose_name_plural = _("practice tasks")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gte=1, target__lte=HIGHEST_RATING),
                name="a_task_takes_a_rating_from_1_to_3",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def places(self) -> int:
        """How many people sign for each showing."""
        return 2 if self.needs_second else 1

    @property
    def marks(self) -> list[str]:
        """The lines of "done when"."""
        return [line.strip() for line in self.done_when.splitlines() if line.strip()]


class PracticeRequest(models.Model):
    """“Ready to show”: a trainee asks for a signature; answered or taken back by a guarded update."""

    item = models.ForeignKey("courses.PlanItem", on_delete=models.PROTECT, related_name="requests")
    asked_at = models.DateTimeField()
    reference = models.CharField(_("number"), max_length=64, blank=True)
    state = models.CharField(
        max_length=10, choices=RequestState.choices, default=RequestState.WAITING
    )
    ended_at = models.DateTimeField(null=True)

    objects = PracticeRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state=RequestState.WAITING),
                name="one_waiting_request_per_plan_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"


class SignOff(LedgerRow):
    """A signature for one showing of a task, or the withdrawal of one. Rows are only ever added."""

    chain_subject = "employee_id"
    chained_fields = (
        "enrollment_id",
        "task_id",
        "repetition",
        "place",
        "round",
        "rating",
        "target",
        "channel",
        "reference",
        "observed_on",
        "signed_by_id",
        "key",
        "withdraws_id",
        "note_fingerprint",
    )

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="signoffs"
    )
    enrollment = models.ForeignKey(
        "courses.Enrollment", on_delete=models.PROTECT, related_name="signoffs"
    )
    task = models.ForeignKey(PracticeTask, on_delete=models.PROTECT, related_name="signoffs")
    repetition = models.PositiveSmallIntegerField()
    # The assessor's place: first, or second where two people assess.
    place = models.PositiveSmallIntegerField(default=1)
    # A withdrawal, or a rating below target, opens the next round of the same repetition.
    round = models.PositiveSmallIntegerField(default=1)
    rating = models.PositiveSmallIntegerField()
    target = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=6, choices=Proof.choices)
    reference = models.CharField(max_length=64, blank=True)
    observed_on = models.DateField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # One-time key of the form: a second click finds the first result.
    key = models.UUIDField(unique=True)
    withdraws = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    note_fingerprint = models.CharField(max_length=64, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(fields=["employee", "seq"], name="sign_off_chain_is_a_line"),
            models.UniqueConstraint(
                fields=["enrollment", "task", "repetition", "place", "round"],
                condition=Q(withdraws__isnull=True),
                name="one_sign_off_per_repetition_place_and_round",
            ),
            models.CheckConstraint(
                condition=Q(rating__lte=HIGHEST_RATING), name="a_sign_off_is_rated_from_0_to_3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.task}: {self.rating}"

    @property
    def passes(self) -> bool:
        """Reaches what the task asks."""
        return self.rating >= self.target

    def content_problems(self) -> list[str]:
        """Says so if the comment that still lies beside it is not what was hashed."""
        note = SignOffNote.objects.filter(sign_off=self).first() if self.note_fingerprint else None
        if note and fingerprint(note.text, note.salt) != self.note_fingerprint:
            return ["the comment beside it does not match its fingerprint"]
        return []

    def may_be_withdrawn_until(self, window: datetime.timedelta) -> datetime.datetime:
        """The moment until which whoever signed may take it back."""
        return self.recorded_at + window


class SignOffNote(models.Model):
    """What the mentor wrote. Erasing a person deletes this row, the chain stays whole."""

    sign_off = models.OneToOneField(
        SignOff, primary_key=True, on_delete=models.PROTECT, related_name="note"
    )
    salt = models.CharField(max_length=32)
    text = models.TextField(max_length=1000)

    def __str__(self) -> str:
        return self.text
