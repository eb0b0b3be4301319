"""Background work of courses: follow one person, the sweep that makes plans true, and reminders."""

from celery import shared_task
from django.utils import timezone

from courses.services.following import follow_positions, sweep
from courses.services.reminding import remind
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


@shared_task(name="courses.remind_of_sessions", ignore_result=True)
def remind_of_sessions() -> int:
    """Tell of sessions that begin in a day or an hour; seats of people who are gone become free."""
    return remind(now=timezone.now())
