"""Somebody on the way through a programme, and their dated plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import EnrollmentState
from courses.models.programmes import Programme, StepTarget, exactly_one_target
from courses.querysets import EnrollmentQuerySet


class Enrollment(models.Model):
    """One way of one person through one programme; its state changes by guarded updates."""

    employee = models.ForeignKey(
        "people.Employee",
        verbose_name=_("employee"),
        on_delete=models.PROTECT,
        related_name="enrollments",
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="enrollments",
    )
    starts_on = models.DateField(_("from"))
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=EnrollmentState.choices,
        default=EnrollmentState.OPEN,
        editable=False,
    )
    # Nobody, where hiring did it.
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True, editable=False)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "programme"],
                condition=Q(state=EnrollmentState.OPEN),
                name="one_open_enrollment_per_person_and_programme",
            ),
            models.CheckConstraint(
                condition=Q(state=EnrollmentState.OPEN, ended_at__isnull=True)
                | (~Q(state=EnrollmentState.OPEN) & Q(ended_at__isnull=False)),
                name="an_enrollment_that_is_over_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.programme}"


class PlanItem(StepTarget):
    """A step with its day. Whether it is done is read from what happened, never stored here."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    # Of a task, how often it is still to be shown: what an earlier plan has seen counts.
    repetitions = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["day", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one_target(), name="a_plan_item_is_one_thing"),
            models.UniqueConstraint(
                fields=["enrollment", "lesson"], name="a_lesson_once_in_a_plan"
            ),
            models.UniqueConstraint(fields=["enrollment", "task"], name="a_task_once_in_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.lesson or self.task}"
