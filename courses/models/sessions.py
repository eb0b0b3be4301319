"""Theory sessions: a trainer, a time, a place; who is invited, who has a seat, who was there."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Answer, SessionKind, SessionState
from courses.querysets import InvitationQuerySet, OfSessionQuerySet, TheorySessionQuerySet
from courses.rule.opinions import is_open


class TheorySession(models.Model):
    """People come together for theory. Moving and cancelling count ``sequence`` up, so that calendars follow."""

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(
        _("kind"), max_length=11, choices=SessionKind.choices, default=SessionKind.LECTURE
    )
    trainer = models.ForeignKey(
        "people.Employee",
        verbose_name=_("trainer"),
        on_delete=models.PROTECT,
        related_name="theory_sessions",
    )
    starts_at = models.DateTimeField(_("from"), db_index=True)
    ends_at = models.DateTimeField(_("until"))
    room = models.CharField(_("room"), max_length=80, blank=True)
    link = models.URLField(_("link to the call"), blank=True)
    # None: as many as come.
    capacity = models.PositiveSmallIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    about = models.TextField(_("what to bring and to know"), max_length=1500, blank=True)
    # Of a case review, what the case is about. Only an article that nobody has read can be deleted.
    article = models.ForeignKey(
        "kb.ArticlePage",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    materials = models.ManyToManyField(
        "kb.ArticlePage", verbose_name=_("materials"), blank=True, related_name="+"
    )
    competences = models.ManyToManyField(
        "competence.Competence",
        verbose_name=_("competences"),
        blank=True,
        related_name="theory_sessions",
        help_text=_("Who was there counts as learning these."),
    )
    # Sessions that were scheduled in one go, weekly until a day, know each other by it; a second click finds them.
    series = models.UUIDField(editable=False)
    number = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(
        max_length=9, choices=SessionState.choices, default=SessionState.PLANNED, editable=False
    )
    cancel_reason = models.CharField(max_length=200, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    # When somebody saved who was there.
    attendance_at = models.DateTimeField(null=True, editable=False)

    objects = TheorySessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("theory session")
        verbose_name_plural = _("theory sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="a_session_has_a_seat",
            ),
            models.UniqueConstraint(
                fields=["series", "number"], name="a_session_has_one_place_in_its_series"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        """Nobody has cancelled it."""
        return self.state == SessionState.PLANNED

    def takes_opinions(self, now: datetime.datetime) -> bool:
        """Whether who was there may say how it was."""
        return self.is_planned and is_open(self.ends_at, now)


class Invitation(models.Model):
    """Somebody is invited. Who finds all seats taken waits; a seat that becomes free goes to who waits longest."""

    session = models.ForeignKey(TheorySession, on_delete=models.CASCADE, related_name="invitations")
    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="invitations"
    )
    seated = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.NONE)
    # Since when they stand in the queue for a seat; who declined and comes after all stands at its end.
    queued_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"], name="one_invitation_per_person_and_session"
            ),
            models.CheckConstraint(
                condition=~Q(seated=True, answer=Answer.DECLINED),
                name="who_declined_keeps_no_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}, {self.employee_id}: {self.answer}"

    @property
    def comes(self) -> bool:
        """They have a seat and said that they come."""
        return self.seated and self.answer == Answer.ACCEPTED


class Attendance(models.Model):
    """Whether somebody was there; one row per person and session, corrected in place.

    ``round`` counts how often they were marked as present, so that evidence taken back can come anew.
    """

    session = models.ForeignKey(TheorySession, on_delete=models.PROTECT, related_name="attendance")
    employee = models.ForeignKey(
        "people.Employee", on_delete=models.PROTECT, related_name="attendance"
    )
    present = models.BooleanField()
    round = models.PositiveSmallIntegerField(default=0)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField()

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employee"], name="attendance_once_per_person_and_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}, {self.employee_id}: {self.present}"
