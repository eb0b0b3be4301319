"""Sets of lessons, ways through programmes, what waits for a signature, sessions and who is invited."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from courses.choices import Answer, EnrollmentState, RequestState, SessionState
from people.models import Employee
from people.querysets import READ_EVERYBODY

if TYPE_CHECKING:
    from people.viewer import Viewer


class LessonQuerySet(models.QuerySet):
    """Lessons."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "LessonQuerySet":
        """Published lessons, to whoever works here. A draft is nobody's; customers have no lessons."""
        if not (viewer.is_employee or viewer.is_superuser):
            return self.none()
        return self.filter(live=True).filter(Q(expire_at__isnull=True) | Q(expire_at__gt=at))


class OfEmployeeQuerySet(models.QuerySet):
    """Rows about somebody's learning: whoever may read the person's record may read them."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime):
        """Those ``viewer`` may read at ``at``: one's own, one's trainees', one's teams', or everybody's."""
        return self.filter(employee__in=Employee.objects.visible_to(viewer, at))


class EnrollmentQuerySet(OfEmployeeQuerySet):
    """Ways through programmes."""

    def under_way(self) -> "EnrollmentQuerySet":
        """Those that are neither completed nor stopped."""
        return self.filter(state=EnrollmentState.OPEN)


class SignOffQuerySet(OfEmployeeQuerySet):
    """Signatures and their withdrawals."""

    def with_withdrawn(self) -> "SignOffQuerySet":
        """Signatures, each with ``is_withdrawn``; the rows of withdrawals themselves left out."""
        withdrawals = self.model.objects.filter(withdraws=OuterRef("pk"))
        return self.filter(withdraws__isnull=True).annotate(is_withdrawn=Exists(withdrawals))

    def standing(self) -> "SignOffQuerySet":
        """Signatures that nobody has withdrawn."""
        return self.with_withdrawn().filter(is_withdrawn=False)

    def passing(self) -> "SignOffQuerySet":
        """Signatures that stand and reach what was asked."""
        return self.standing().filter(rating__gte=models.F("target"))


class PracticeRequestQuerySet(models.QuerySet):
    """Requests for a signature."""

    def waiting(self) -> "PracticeRequestQuerySet":
        """Those that nobody has answered, of people whose programme is under way."""
        return self.filter(state=RequestState.WAITING, item__enrollment__state=EnrollmentState.OPEN)


class OfSessionQuerySet(models.QuerySet):
    """Rows about somebody in a session: invited, was there."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime):
        """One's own, those of people whose record one may read, and all to a session that one gives oneself."""
        people = Q(employee__in=Employee.objects.visible_to(viewer, at))
        if viewer.employee_id is None:
            return self.filter(people)
        return self.filter(people | Q(session__trainer=viewer.employee_id))


class InvitationQuerySet(OfSessionQuerySet):
    """Invitations to sessions."""

    def coming(self) -> "InvitationQuerySet":
        """Those who have a seat; who declined has none."""
        return self.filter(seated=True)

    def waiting(self) -> "InvitationQuerySet":
        """Those who wait for a seat, who waits longest first."""
        return self.filter(seated=False).exclude(answer=Answer.DECLINED).order_by("queued_at", "pk")

    def concerned(self) -> "InvitationQuerySet":
        """Those who come or wait for a seat: whom it concerns when something changes."""
        return self.exclude(answer=Answer.DECLINED)


class TheorySessionQuerySet(models.QuerySet):
    """Theory sessions."""

    def visible_to(self, viewer: "Viewer", at: datetime.datetime) -> "TheorySessionQuerySet":
        """Those one gives or is invited to, and those of people whose record one may read; HR and auditors all."""
        if viewer.is_superuser or viewer.has_role(*READ_EVERYBODY):
            return self.all()
        if viewer.employee_id is None:
            return self.none()
        invitations = self.model.invitations.rel.related_model
        seen = invitations.objects.filter(session=OuterRef("pk")).visible_to(viewer, at)
        return self.filter(Q(trainer=viewer.employee_id) | Exists(seen))

    def planned(self) -> "TheorySessionQuerySet":
        """Those nobody has cancelled."""
        return self.filter(state=SessionState.PLANNED)

    def upcoming(self, at: datetime.datetime) -> "TheorySessionQuerySet":
        """Those that are not over, the next one first."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def over(self, at: datetime.datetime) -> "TheorySessionQuerySet":
        """Those that are over, the last one first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")

    def meeting(self, start: datetime.datetime, end: datetime.datetime) -> "TheorySessionQuerySet":
        """Those with time in common with ``start`` to ``end``."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)
