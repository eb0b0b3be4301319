"""Quizzes: blueprints that papers are drawn from."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from certification.choices import Review
from certification.querysets import QuizQuerySet
from certification.rules.appeals import LONGEST_APPEAL
from certification.rules.limits import (
    HIGHEST_LEVEL,
    MOST_MINUTES,
    MOST_QUESTIONS,
)


class Quiz(ClusterableModel):
    """So many questions of these competences at these levels, in so many minutes."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )
    review = models.CharField(
        _("what was right is shown"),
        max_length=9,
        choices=Review.choices,
        default=Review.SUBMITTED,
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("days for an appeal"),
        default=7,
        validators=[MaxValueValidator(LONGEST_APPEAL)],
        help_text=_(
            "After the day it was handed in, so long anybody may say that a question was judged wrongly. 0: not at all."
        ),
    )
    positions = ParentalManyToManyField(
        "people.Position",
        verbose_name=_("for the positions"),
        blank=True,
        related_name="quizzes",
        help_text=_("Who holds one is offered the test while a competence of it is due."),
    )
    # A test that a campaign made for its rounds: taken by those who were called to it, kept by nobody.
    campaign = models.ForeignKey(
        "certification.Campaign",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="quizzes",
    )
    is_active = models.BooleanField(
        _("can be taken"), default=True, help_text=_("Off: whoever is in the middle may finish.")
    )

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name = _("test")
        verbose_name_plural = _("tests")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuizLine(Orderable):
    """So many questions of one competence at one level."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="lines")
    competence = models.ForeignKey(
        "competence.Competence",
        verbose_name=_("competence"),
        on_delete=models.PROTECT,
        related_name="quiz_lines",
    )
    level = models.PositiveSmallIntegerField(
        _("level"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_LEVEL)],
    )
    count = models.PositiveSmallIntegerField(
        _("questions"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_QUESTIONS)],
    )

    class Meta(Orderable.Meta):
        verbose_name = _("line of the blueprint")
        verbose_name_plural = _("blueprint")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "competence"], name="a_competence_once_in_a_quiz"
            )
        ]

    def __str__(self) -> str:
        return f"{self.competence} {self.level}: {self.count}"
