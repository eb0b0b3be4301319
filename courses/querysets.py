"""Sets of lessons, ways through programmes and what waits for a signature."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from courses.choices import EnrollmentState, RequestState
from people.models import Employee

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
