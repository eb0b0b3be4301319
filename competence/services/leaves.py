"""Leave in the ledger: follows the rows of people, by event and by sweep, whichever comes first."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from competence.choices import EventType
from competence.models import CompetenceEvent
from competence.services.record import Entry, record
from people.models import Employee, Leave

SOURCE = "leave"


@transaction.atomic
def follow_leaves(*, employee: Employee, now: datetime.datetime) -> int:
    """Make the ledger say of ``employee`` what the leaves on record say; how many rows that took.

    A leave that moved is withdrawn and recorded anew, one that is gone is withdrawn. Twice is the same as once.
    """
    leaves = {str(leave.pk): leave for leave in Leave.objects.filter(employee=employee)}
    of_leave = CompetenceEvent.objects.filter(employee=employee, type=EventType.LEAVE)
    standing = {
        event.source_id.partition(".")[0]: event for event in of_leave.standing().order_by("seq")
    }
    written = 0
    for leave_id, event in standing.items():
        leave = leaves.get(leave_id)
        if leave and (leave.starts_on, leave.ends_on) == (event.first_day, event.last_day):
            continue
        record(
            Entry(
                employee=employee,
                type=EventType.WITHDRAWAL,
                source=(SOURCE, f"{event.pk}"),
                withdraws=event,
            ),
            now=now,
        )
        written += 1
    for leave_id, leave in leaves.items():
        event = standing.get(leave_id)
        if event and (leave.starts_on, leave.ends_on) == (event.first_day, event.last_day):
            continue
        earlier = of_leave.filter(Q(source_id=leave_id) | Q(source_id__startswith=f"{leave_id}."))
        record(
            Entry(
                employee=employee,
                type=EventType.LEAVE,
                source=(SOURCE, f"{leave_id}.{earlier.count()}"),
                first_day=leave.starts_on,
                last_day=leave.ends_on,
            ),
            now=now,
        )
        written += 1
    return written


def sweep_leaves(*, now: datetime.datetime) -> int:
    """Follow the leaves of everybody whose ledger says something else; how many rows that took."""
    told = CompetenceEvent.objects.filter(
        employee=OuterRef("employee"),
        type=EventType.LEAVE,
        first_day=OuterRef("starts_on"),
        last_day=OuterRef("ends_on"),
    )
    untold = set(
        Leave.objects.filter(~Exists(told.standing())).values_list("employee_id", flat=True)
    )
    rows = Leave.objects.filter(
        employee=OuterRef("employee"),
        starts_on=OuterRef("first_day"),
        ends_on=OuterRef("last_day"),
    )
    gone = CompetenceEvent.objects.standing().filter(~Exists(rows), type=EventType.LEAVE)
    untold |= set(gone.values_list("employee_id", flat=True))
    return sum(
        follow_leaves(employee=employee, now=now)
        for employee in Employee.objects.filter(pk__in=untold)
    )
