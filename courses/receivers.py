"""What courses does when people change. What gets lost here, the sweep finds."""

from django.utils import timezone

from common.events import subscribe
from courses.services.following import hand_to_new_mentor, redate
from courses.tasks import follow_position
from people.events import (
    EmployeeHired,
    EmployeeReturned,
    LeaveRecorded,
    MentorChanged,
    PositionChanged,
)
from people.models import Employee


def follow(event: EmployeeHired | PositionChanged | EmployeeReturned) -> None:
    """A position may have a programme."""
    follow_position.delay(event.employee_id)


def date_anew(event: LeaveRecorded) -> None:
    """The plan goes around the leave."""
    redate(employees=Employee.objects.filter(pk=event.employee_id), now=timezone.now())


def hand_over(event: MentorChanged) -> None:
    """What waits for a signature waits for somebody else now."""
    hand_to_new_mentor(employee=Employee.objects.get(pk=event.employee_id), now=timezone.now())


def connect() -> None:
    """Connect the receivers; called once the models are ready."""
    for event_type in (EmployeeHired, PositionChanged, EmployeeReturned):
        subscribe(event_type, follow)
    subscribe(LeaveRecorded, date_anew)
    subscribe(MentorChanged, hand_over)
