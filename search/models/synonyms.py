"""Words that mean the same to the people who ask, or lead from one to the other."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.models.index import Worded


class Direction(models.TextChoices):
    """Which way a set of words leads."""

    BOTH = "both", _("All mean the same")
    ONE_WAY = "one_way", _("These also find those, not the other way round")


def lines(text: str) -> tuple[str, ...]:
    """The words and phrases of a field, one a line."""
    return tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.split("\n")))))


class SynonymSet(Worded):
    """Words and phrases of one meaning. Live in every process with the next search."""

    words = models.TextField(
        _("words"), help_text=_("One word or phrase a line, in any word form.")
    )
    direction = models.CharField(
        _("direction"), max_length=8, choices=Direction.choices, default=Direction.BOTH
    )
    meanings = models.TextField(
        _("also find"),
        blank=True,
        help_text=_("For one direction only: what a question with a word above finds too."),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Empty: whichever language is searched."),
    )
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(direction=Direction.BOTH) & Q(meanings=""))
                | (Q(direction=Direction.ONE_WAY) & ~Q(meanings="")),
                name="one_way_synonyms_say_what_they_lead_to",
            )
        ]

    def __str__(self) -> str:
        arrow = " → " if self.direction == Direction.ONE_WAY else ""
        return ", ".join(lines(self.words)) + arrow + ", ".join(lines(self.meanings))
