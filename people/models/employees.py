"""The person of record and the dated rows that tell where they were on any day."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.querysets import AssignmentQuerySet, EmployeeQuerySet, LeaveQuerySet, ShiftQuerySet
from people.zones import zone_or_default


class Theme(models.TextChoices):
    """Light, dark, or whatever the person's machine says."""

    SYSTEM = "", _("As in the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Employee(models.Model):
    """Somebody who works or has worked here. Never deleted: records point at them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.PROTECT,
        related_name="employee",
    )
    full_name = models.CharField(_("full name"), max_length=200)
    mentor = models.ForeignKey(
        "self",
        verbose_name=_("mentor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainees",
    )
    hired_on = models.DateField(_("hired on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Moscow")
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="ru"
    )
    external_id = models.CharField(
        _("personnel number"), max_length=64, null=True, blank=True, unique=True
    )
    # Choices of the person's own, made on the profile page; a cookie of the device goes before them.
    theme = models.CharField(
        _("theme"), max_length=5, choices=Theme.choices, default=Theme.SYSTEM, blank=True
    )
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("hired_on")),
                name="employee_leaves_after_being_hired",
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | ~Q(mentor=F("id")),
                name="employee_is_not_their_own_mentor",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def tz(self) -> ZoneInfo:
        """The zone the person's days are counted in; the site's if theirs is unknown to this machine."""
        return zone_or_default(self.zone)

    def works_on(self, day: datetime.date) -> bool:
        """Hired by ``day`` and not yet gone; the last day of work still counts."""
        return self.hired_on <= day and (self.left_on is None or self.left_on >= day)


class Assignment(models.Model):
    """From a day on, somebody works in a team at a position, until their next assignment."""

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.PROTECT, related_name="assignments"
    )
    team = models.ForeignKey(
        "people.Team", verbose_name=_("team"), on_delete=models.PROTECT, related_name="assignments"
    )
    position = models.ForeignKey(
        "people.Position",
        verbose_name=_("position"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    starts_on = models.DateField(_("from"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "starts_on"], name="one_assignment_per_employee_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.team}, {self.position}"


class Leave(models.Model):
    """Days away from work, both ends included."""

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.PROTECT, related_name="leaves"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["employee", "starts_on"], name="one_leave_per_employee_and_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.starts_on} – {self.ends_on}"


class Shift(models.Model):
    """A stretch of working time. Without rows: Monday to Friday, 9 to 18 in the employee's zone."""

    employee = models.ForeignKey(
        Employee, verbose_name=_("employee"), on_delete=models.PROTECT, related_name="shifts"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["employee", "starts_at"], name="one_shift_per_employee_and_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.starts_at:%d.%m %H:%M}"
