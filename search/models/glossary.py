"""Which Russian word stands for which English one: learned from translated articles, or added by editors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search import analysis
from search.models.index import Worded
from search.querysets import GlossaryQuerySet


class Origin(models.TextChoices):
    """Where an entry comes from."""

    LEARNED = "learned", _("learned from translations")
    ADDED = "added", _("added by an editor")


class GlossaryEntry(Worded):
    """A pair of words that translate each other. A learned one can be switched off, never lost by learning anew."""

    russian = models.CharField(_("Russian"), max_length=60)
    english = models.CharField(_("English"), max_length=60)
    # The dictionary forms: two spellings of one word are one entry.
    russian_term = models.CharField(max_length=60, editable=False)
    english_term = models.CharField(max_length=60, editable=False)
    origin = models.CharField(
        _("origin"), max_length=8, choices=Origin.choices, default=Origin.ADDED, editable=False
    )
    seen = models.PositiveIntegerField(
        _("seen together"),
        default=0,
        editable=False,
        help_text=_("In so many translated titles, headings and paragraphs."),
    )
    strength = models.FloatField(_("strength"), default=1, editable=False)
    active = models.BooleanField(_("in use"), default=True)

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary")
        ordering = ["russian", "english"]
        constraints = [
            models.UniqueConstraint(
                fields=["russian_term", "english_term"], name="two_words_translate_each_other_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.russian} — {self.english}"

    def save(self, *args, **kwargs) -> None:
        """With the dictionary forms of what was written."""
        self.russian_term = analysis.term(analysis.fold(self.russian.strip()))
        self.english_term = analysis.term(analysis.fold(self.english.strip()))
        super().save(*args, **kwargs)
