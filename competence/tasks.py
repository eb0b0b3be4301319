"""Background work of competence: one person judged anew, and the sweep that makes the cache true."""

from celery import shared_task
from django.utils import timezone

from competence.services.leaves import sweep_leaves
from competence.services.segments import rebuild, refresh
from people.models import Employee


@shared_task(name="competence.refresh_employee", ignore_result=True)
def refresh_employee(employee_id: int) -> int:
    """Judge every cell of one person anew."""
    return refresh(employees=list(Employee.objects.filter(pk=employee_id)), now=timezone.now())


@shared_task(name="competence.sweep", ignore_result=True)
def sweep() -> int:
    """Follow leaves that were missed and judge every cell anew, so that the cache always reaches a year ahead."""
    now = timezone.now()
    sweep_leaves(now=now)
    return rebuild(now=now)
