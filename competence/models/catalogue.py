"""What people can be competent in: areas, competences, their levels in words, the articles that teach them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competence.choices import Kind, Risk
from competence.rule.cells import Competence as RuleCompetence
from competence.rule.cells import Kind as RuleKind
from competence.rule.cells import Risk as RuleRisk
from competence.rule.events import HIGHEST_LEVEL
from competence.rule.figures import DEFAULT_FIGURES

MONTHS = [MinValueValidator(1), MaxValueValidator(120)]


class Area(models.Model):
    """A field that competences belong to; areas stand in the matrix in this order."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Competence(models.Model):
    """Something a position may require. Never deleted once evidence rests on it."""

    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="competences"
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SKILL)
    risk = models.CharField(_("risk"), max_length=10, choices=Risk.choices, default=Risk.NORMAL)
    knowledge_months = models.PositiveSmallIntegerField(
        _("knowledge is valid, months"),
        default=DEFAULT_FIGURES.knowledge_months,
        validators=MONTHS,
        help_text=_("A changed validity touches new evidence only."),
    )
    practice_months = models.PositiveSmallIntegerField(
        _("observations count, months"), default=DEFAULT_FIGURES.practice_months, validators=MONTHS
    )
    marks_mentoring = models.BooleanField(
        _("marks mentoring"),
        default=False,
        help_text=_("Who signs for practice must be at target in it. One competence at most."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["area__order", "area__name", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["marks_mentoring"],
                condition=Q(marks_mentoring=True),
                name="one_competence_marks_mentoring",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def as_judged(self) -> RuleCompetence:
        """The part of it that the rule looks at."""
        return RuleCompetence(
            kind=RuleKind(self.kind),
            risk=RuleRisk(self.risk),
            knowledge_months=self.knowledge_months,
            practice_months=self.practice_months,
        )


class CompetenceArticle(models.Model):
    """An article teaches a competence. The article stands above this app, so its id is a plain value."""

    competence = models.ForeignKey(
        Competence,
        verbose_name=_("competence"),
        on_delete=models.CASCADE,
        related_name="article_links",
    )
    article_uuid = models.UUIDField(_("article"), db_index=True)

    class Meta:
        verbose_name = _("article of a competence")
        verbose_name_plural = _("articles of competences")
        constraints = [
            models.UniqueConstraint(
                fields=["competence", "article_uuid"], name="article_teaches_a_competence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.competence}: {self.article_uuid}"


class LevelAnchor(models.Model):
    """One level of one competence in words: behaviour that can be observed."""

    competence = models.ForeignKey(
        Competence, verbose_name=_("competence"), on_delete=models.CASCADE, related_name="anchors"
    )
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MaxValueValidator(HIGHEST_LEVEL)]
    )
    text = models.TextField(_("observable behaviour"), max_length=500)

    class Meta:
        verbose_name = _("level in words")
        verbose_name_plural = _("levels in words")
        ordering = ["competence", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["competence", "level"], name="one_anchor_per_competence_and_level"
            ),
            models.CheckConstraint(
                condition=Q(level__lte=HIGHEST_LEVEL), name="anchor_level_is_from_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competence}, {self.level}"
