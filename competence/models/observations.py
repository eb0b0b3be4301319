"""Acts that have a row of their own before they become events: observations, and overrides that need two people."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competence.choices import Channel
from competence.models.catalogue import Competence
from competence.models.ledger import CompetenceEvent
from competence.rule.events import HIGHEST_LEVEL


class Observation(models.Model):
    """A call, ticket or chat that mentor, lead or reviewer rated, outside a programme."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="observations"
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, related_name="observations"
    )
    rating = models.PositiveSmallIntegerField(
        _("rating"), validators=[MaxValueValidator(HIGHEST_LEVEL)]
    )
    channel = models.CharField(_("seen on"), max_length=6, choices=Channel.choices)
    reference = models.CharField(_("number"), max_length=64, blank=True)
    observed_on = models.DateField(_("day"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # One-time key of the form: a second click finds the first result.
    key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__lte=HIGHEST_LEVEL), name="observation_is_rated_from_0_to_4"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.competence}: {self.rating}"


class OverrideProposal(models.Model):
    """An override of a critical competence waits here for a second person; decided by a guarded update."""

    employee = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    until = models.DateField()
    reason = models.TextField(max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    key = models.UUIDField(unique=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    event = models.OneToOneField(
        CompetenceEvent, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("proposed override")
        verbose_name_plural = _("proposed overrides")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="an_override_is_confirmed_by_somebody_else",
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.competence}: {self.level}"
