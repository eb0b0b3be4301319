"""Lessons: short texts around live articles; where somebody stopped in one, and that they finished it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin

from courses.blocks import LessonBlock
from courses.querysets import LessonQuerySet, OfEmployeeQuerySet


class Lesson(DraftStateMixin, RevisionMixin, ClusterableModel):
    """A lesson, with drafts and revisions. It stands in no tree: only the view of lessons shows it."""

    title = models.CharField(_("title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    body = StreamField(
        LessonBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Each heading begins a step. The lesson is done once every step was opened."),
    )
    competences = ParentalManyToManyField(
        "competence.Competence",
        verbose_name=_("competences"),
        blank=True,
        related_name="lessons",
        help_text=_("Who completes the lesson counts as learning these."),
    )

    objects = LessonQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("minutes"),
        FieldPanel("competences"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def parts(self) -> list[list]:
        """The steps: blocks up to each heading that follows other blocks. A lesson without any text is one step."""
        found: list[list] = [[]]
        for block in self.body:
            if block.block_type == "heading" and found[-1]:
                found.append([])
            found[-1].append(block)
        return found


class LessonPlace(models.Model):
    """How far somebody has come in a lesson, so that they go on there on any machine."""

    employee = models.ForeignKey("people.Employee", on_delete=models.CASCADE, related_name="+")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="places")
    step = models.PositiveSmallIntegerField(default=1)
    furthest = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    # The versions of the articles shown so far, number by uuid.
    read = models.JSONField(default=dict)

    objects = OfEmployeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "lesson"], name="one_place_per_person_and_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.lesson_id}: {self.step}"


class LessonCompletion(models.Model):
    """Somebody opened every step of a lesson and said so; once per person and lesson."""

    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="lesson_completions"
    )
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField()
    # The versions of the articles shown, as pairs of uuid and number.
    basis = models.JSONField(default=list)

    objects = OfEmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("completed lesson")
        verbose_name_plural = _("completed lessons")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "lesson"], name="a_person_completes_a_lesson_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}, {self.lesson_id}"
