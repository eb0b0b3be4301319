"""What is required of whom: queues with their gates, what a position asks for, and the campaigns that decide dates."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competence.choices import GateMode
from competence.models.catalogue import Competence
from competence.rule.cells import Campaign
from competence.rule.events import HIGHEST_LEVEL


class Queue(models.Model):
    """Calls, tickets or chats of one kind, and what its gate does when it is shut."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    gate_mode = models.CharField(
        _("gate"), max_length=8, choices=GateMode.choices, default=GateMode.ADVISE
    )

    class Meta:
        verbose_name = _("queue")
        verbose_name_plural = _("queues")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PositionRequirement(models.Model):
    """From a day on, a position requires a level of a competence, perhaps as a gate of a queue.

    The latest row begun holds; without a level the position requires it no longer.
    """

    position = models.ForeignKey(
        "people.Position",
        verbose_name=_("position"),
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    competence = models.ForeignKey(
        Competence,
        verbose_name=_("competence"),
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    level = models.PositiveSmallIntegerField(
        _("level"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_LEVEL)],
        help_text=_("Empty: from that day on not required any more."),
    )
    upper = models.PositiveSmallIntegerField(
        _("upper end of the band"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_LEVEL)],
    )
    queue = models.ForeignKey(
        Queue,
        verbose_name=_("gate of the queue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("requirement of a position")
        verbose_name_plural = _("requirements of positions")
        ordering = ["position", "competence", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "competence", "starts_on"],
                name="one_requirement_per_position_competence_and_day",
            ),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("level")),
                name="band_ends_at_or_above_its_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.competence} {self.level if self.level is not None else '–'}"


class RecertificationWindow(models.Model):
    """The days of one campaign; with campaigns planned, a pass lasts through the first day of one."""

    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("recertification window")
        verbose_name_plural = _("recertification windows")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="window_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def as_judged(self) -> Campaign:
        """As the rule knows it."""
        return Campaign(first=self.starts_on, last=self.ends_on)
