"""What competence does when people change: leave goes into the ledger, other positions are judged anew."""

from django.utils import timezone

from common.events import subscribe
from competence.services.leaves import follow_leaves
from competence.tasks import refresh_employee
from people.events import EmployeeHired, EmployeeReturned, LeaveRecorded, PositionChanged
from people.models import Employee


def follow_leave(event: LeaveRecorded) -> None:
    """The ledger tells of a leave exactly when people do: inside their transaction."""
    employee = Employee.objects.get(pk=event.employee_id)
    follow_leaves(employee=employee, now=timezone.now())


def judge_anew(event: EmployeeHired | PositionChanged | EmployeeReturned) -> None:
    """Another position asks for other things. The nightly sweep repairs what gets lost here."""
    refresh_employee.delay(event.employee_id)


def connect() -> None:
    """Connect the receivers; called once the models are ready."""
    subscribe(LeaveRecorded, follow_leave, in_transaction=True)
    for event_type in (EmployeeHired, PositionChanged, EmployeeReturned):
        subscribe(event_type, judge_anew)
