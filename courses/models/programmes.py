"""Programmes: what a position has to learn before it may work its queue, day by day."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from courses.choices import StepKind
from courses.models.lessons import Lesson
from courses.models.practice import PracticeTask

MOST_DAYS = 120


class Programme(ClusterableModel):
    """The way from hiring to a queue, for one position."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    position = models.ForeignKey(
        "people.Position",
        verbose_name=_("position"),
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    queue = models.ForeignKey(
        "competence.Queue",
        verbose_name=_("leads to the queue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    working_days = models.PositiveSmallIntegerField(
        _("working days"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    is_active = models.BooleanField(
        _("new people enter it"),
        default=True,
        help_text=_("Who takes up the position is enrolled by themselves."),
    )
    enrolls_from = models.DateField(
        _("who takes it up from"),
        default=timezone.localdate,
        help_text=_("Who has held the position since before that day is enrolled by hand only."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("position"),
        FieldPanel("queue"),
        FieldPanel("working_days"),
        FieldPanel("is_active"),
        FieldPanel("enrolls_from"),
        InlinePanel("steps", label=_("Step")),
    ]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(is_active=True),
                name="one_active_programme_per_position",
            )
        ]

    def __str__(self) -> str:
        return self.name


class StepTarget(models.Model):
    """What is to be done: exactly one of a lesson or a practice task."""

    lesson = models.ForeignKey(
        Lesson,
        verbose_name=_("lesson"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    task = models.ForeignKey(
        PracticeTask,
        verbose_name=_("practice task"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    day = models.PositiveSmallIntegerField(
        _("working day"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("To be done by the end of this working day, counted from the first."),
    )
    after_previous = models.BooleanField(_("only once the step before it is done"), default=False)

    class Meta:
        abstract = True

    @property
    def kind(self) -> StepKind:
        """Which of the two it is."""
        return StepKind.LESSON if self.lesson_id else StepKind.PRACTICE


def exactly_one_target() -> Q:
    """The condition that a step is a lesson or a task, and not both."""
    return Q(lesson__isnull=False, task__isnull=True) | Q(lesson__isnull=True, task__isnull=False)


class Step(StepTarget, Orderable):
    """A step of a programme. Plans copy steps, so a changed programme moves nobody who is on the way."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="steps")

    panels = [
        FieldPanel("day"),
        FieldPanel("lesson"),
        FieldPanel("task"),
        FieldPanel("after_previous"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.CheckConstraint(condition=exactly_one_target(), name="a_step_is_one_thing"),
            models.UniqueConstraint(
                fields=["programme", "lesson"], name="a_lesson_once_in_a_programme"
            ),
            models.UniqueConstraint(
                fields=["programme", "task"], name="a_task_once_in_a_programme"
            ),
        ]

    def __str__(self) -> str:
        return str(self.lesson or self.task or self.day)

    def clean(self) -> None:
        """Say in words what the constraint would refuse."""
        super().clean()
        if bool(self.lesson_id) == bool(self.task_id):
            raise ValidationError(_("A step is a lesson or a practice task, one of the two."))
