"""Outages: what is down now, since when, until when, and what to say meanwhile."""

import re

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.choices import Audience
from kb.querysets import IncidentQuerySet


class Incident(models.Model):
    """Something is down. Whoever searches for one of its words is told, if it is for them."""

    line = models.CharField(
        _("what is down"),
        max_length=160,
        help_text=_("As it is read in the banner: “Incoming calls, Kazan”."),
    )
    words = models.TextField(
        _("words"),
        blank=True,
        help_text=_(
            "Questions with one of these words get the banner: one word or phrase a line, any word "
            "form. Empty: those of the line above."
        ),
    )
    say = models.TextField(_("what to say to the customer"), blank=True)
    article = models.ForeignKey(
        "kb.ArticlePage",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    section = models.ForeignKey(
        "kb.SectionPage",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience.choices, default=Audience.INTERNAL
    )
    teams = models.ManyToManyField(
        "people.Team",
        verbose_name=_("teams"),
        blank=True,
        related_name="+",
        help_text=_("For “Chosen teams” only."),
    )
    starts_at = models.DateTimeField(_("since"), default=timezone.now)
    promised_at = models.DateTimeField(_("promised until"), null=True, blank=True)
    ended_at = models.DateTimeField(
        _("over since"), null=True, blank=True, help_text=_("Empty while it lasts.")
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at")),
                name="an_outage_ends_after_it_began",
                violation_error_message=_("It cannot be over before it began."),
            ),
            models.CheckConstraint(
                condition=Q(promised_at__isnull=True) | Q(promised_at__gte=F("starts_at")),
                name="an_outage_is_promised_to_end_after_it_began",
                violation_error_message=_("The promise cannot be before it began."),
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def phrases(self) -> list[str]:
        """Each word or phrase that asks about it."""
        lines = [part.strip() for part in re.split(r"[\n,;]", self.words)]
        return [line for line in lines if line] or [self.line]
