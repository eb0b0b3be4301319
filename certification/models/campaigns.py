"""A campaign of recertification: who was called, to which papers, on which day. What became of them, dates say."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.querysets import CampaignQuerySet, DutyPaperQuerySet, DutyQuerySet

DEFAULT_PERCENT = 10


class Campaign(models.Model):
    """People called within a recertification window. Opened once, perhaps called off; nothing else of it changes."""

    window = models.ForeignKey(
        "competence.RecertificationWindow",
        verbose_name=_("recertification window"),
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    name = models.CharField(_("name"), max_length=120)
    # As they were when it was opened: moving the window's days moves nobody's day.
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    percent = models.PositiveSmallIntegerField(
        _("share of a line that may be away at once, %"),
        default=DEFAULT_PERCENT,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # One-time key of the form: a second click finds the campaign that the first one opened.
    key = models.UUIDField(unique=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="a_campaign_is_called_off_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        """Nobody has called it off."""
        return self.cancelled_at is None


class RecertificationDuty(models.Model):
    """One person's round of a half-year: everything that they are asked in it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="duties")
    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="recertification_duties"
    )
    # The line that goes without them: theirs when the campaign was opened.
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")
    round = models.CharField(max_length=6)
    cancelled_at = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("recertification of a person")
        verbose_name_plural = _("recertifications of people")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "round"],
                condition=Q(cancelled_at__isnull=True),
                name="one_round_per_person_and_half_year",
            ),
            models.UniqueConstraint(
                fields=["campaign", "employee"], name="a_campaign_calls_a_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.employee_id}"


class DutyPaper(models.Model):
    """One paper of a round and its day. The day is moved by a person; nothing else of it changes."""

    duty = models.ForeignKey(RecertificationDuty, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField()
    quiz = models.ForeignKey(
        "certification.Quiz", on_delete=models.PROTECT, related_name="duty_papers"
    )
    day = models.DateField(_("day"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DutyPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a round")
        verbose_name_plural = _("papers of rounds")
        ordering = ["duty", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "number"], name="papers_of_a_round_are_numbered"
            )
        ]
        indexes = [models.Index(fields=["day"], name="duty_papers_by_day")]

    def __str__(self) -> str:
        return f"{self.duty_id}, {self.number}: {self.day}"


class DutyLine(models.Model):
    """Why: a competence that is asked in a paper, and the last day of what the person knew of it then."""

    paper = models.ForeignKey(DutyPaper, on_delete=models.PROTECT, related_name="lines")
    competence = models.ForeignKey(
        "competence.Competence", on_delete=models.PROTECT, related_name="duty_lines"
    )
    level = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    changes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("competence asked in a round")
        verbose_name_plural = _("competences asked in rounds")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "competence"], name="a_competence_once_in_a_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.competence_id} {self.level}"
