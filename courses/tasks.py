"""Background work of courses: follow one person, and the sweep that makes plans true."""

from celery import shared_task
from django.utils import timezone

from courses.services.following import follow_positions, sweep
from people.models import Employee


@shared_task(name="courses.follow_position", ignore_result=True)
def follow_position(employee_id: int) -> int:
    """Enrol somebody whose position has a programme they have not entered."""
    people = list(Employee.objects.filter(pk=employee_id).select_related("mentor"))
    return len(follow_positions(employees=people, now=timezone.now()))


@shared_task(name="courses.sweep", ignore_result=True)
def sweep_plans() -> int:
    """Enrol who was missed, end plans of who is gone, date plans anew, tell of long waits."""
    return sweep(now=timezone.now())
