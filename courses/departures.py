"""What of practice and of sessions must be handed over before somebody leaves (fills ``people.departures``)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import PracticeRequest, TheorySession
from people.extensions import HandOver
from people.models import Employee


def handovers(employee: Employee) -> list[HandOver]:
    """What waits for ``employee``: signatures, which go on with the trainee, and sessions they were to give."""
    return [*_signatures(employee), *_sessions(employee)]


def _signatures(employee: Employee) -> list[HandOver]:
    waiting = PracticeRequest.objects.waiting().filter(item__enrollment__employee__mentor=employee)
    rows = waiting.select_related("item__task", "item__enrollment__employee").order_by("asked_at")
    return [
        HandOver(
            kind=_("Signature somebody waits for"),
            title=f"{row.item.enrollment.employee.full_name}: {row.item.task.name}",
            url=reverse("people_employees:edit", args=[row.item.enrollment.employee_id]),
        )
        for row in rows
    ]


def _sessions(employee: Employee) -> list[HandOver]:
    ahead = TheorySession.objects.planned().upcoming(timezone.now()).filter(trainer=employee)
    return [
        HandOver(
            kind=_("Session to be given"),
            title=row.title,
            url=reverse("theory_session", args=[row.pk]),
        )
        for row in ahead
    ]
