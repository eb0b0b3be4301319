"""What of practice must be handed over before somebody leaves (fills ``people.departures``)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.models import PracticeRequest
from people.extensions import HandOver
from people.models import Employee


def handovers(employee: Employee) -> list[HandOver]:
    """Questions for a signature that wait for ``employee``; another mentor takes them on with the trainee."""
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
