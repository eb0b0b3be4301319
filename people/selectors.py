"""Questions about people: who works now, who was where on a day, who belongs to a lead."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Max, Min, QuerySet

from people.models import Assignment, Employee, Leave, Shift, Team
from people.viewer import Viewer
from people.working_hours import HORIZON, Days, Span, WorkingTime

# How far around a moment shifts are loaded to say what somebody does at it: longer ones do not exist.
AROUND = datetime.timedelta(days=2)
# So many leaves one after the other are still one absence.
JOINED_AT_MOST = 12


def assignment_on(employee: Employee, day: datetime.date) -> Assignment | None:
    """Where ``employee`` worked on ``day``, with team and position; None before the first assignment."""
    return (
        Assignment.objects.filter(employee=employee)
        .in_force_on(day)
        .select_related("team", "position")
        .first()
    )


def absence_before(employee: Employee, day: datetime.date) -> Days | None:
    """The days of leave from which ``employee`` was last back before ``day``, touching leaves as one. One query.

    None for who is on leave on ``day``, or has been on none.
    """
    away: Days | None = None
    leaves = Leave.objects.filter(employee=employee, starts_on__lte=day).order_by("-ends_on")
    for first, last in leaves.values_list("starts_on", "ends_on")[:JOINED_AT_MOST]:
        if last >= day:
            return None
        if away is None:
            away = Days(first, last)
        elif last >= away.first - datetime.timedelta(days=1):
            away = Days(min(first, away.first), away.last)
        else:
            break
    return away


def teams_led_by(employee: Employee) -> QuerySet[Team]:
    """The teams ``employee`` leads and all teams below them."""
    return Team.objects.filter(lead=employee).with_descendants()


def people_of_lead(employee: Employee, day: datetime.date) -> QuerySet[Employee]:
    """Who worked on ``day`` in the teams ``employee`` leads or in one below; by name, without the lead."""
    led = Team.objects.filter(lead=employee).with_descendants().values("pk")
    people = Employee.objects.working_on(day).in_teams_on(led, day)
    return people.exclude(pk=employee.pk).order_by("full_name")


def led_by(viewer: Viewer, at: datetime.datetime) -> set[int]:
    """The people whom ``viewer`` leads, as ids. One query; none for who leads nobody."""
    if not viewer.led_team_ids:
        return set()
    day = at.astimezone(viewer.tz).date()
    people = Employee.objects.working_on(day).in_teams_on(list(viewer.led_team_ids), day)
    return set(people.exclude(pk=viewer.employee_id).values_list("pk", flat=True))


def leads_everybody(viewer: Viewer) -> bool:
    """Whether ``viewer`` is the head: leads a team that stands below no other. One query at most."""
    if not viewer.led_team_ids:
        return False
    return Team.objects.filter(parent=None, lead=viewer.employee_id).exists()


def working_time_of(
    employee: Employee, *, since: datetime.datetime, until: datetime.datetime
) -> WorkingTime:
    """The working time of ``employee``, true for moments between ``since`` and ``until``. Three queries."""
    return working_times([employee], since=since, until=until)[employee.pk]


def working_times(
    employees: Iterable[Employee], *, since: datetime.datetime, until: datetime.datetime
) -> dict[int, WorkingTime]:
    """The working time of each of ``employees`` by id, true between ``since`` and ``until``.

    Three queries, however many people. A roster speaks for the days from its first shift to its last.
    """
    employees = list(employees)
    several = len(employees) > 1
    only = {} if several else {"employee__in": employees}
    rosters = {
        row["employee_id"]: (row["first"], row["last"])
        for row in Shift.objects.filter(**only)
        .order_by()
        .values("employee_id")
        .annotate(first=Min("starts_at"), last=Max("starts_at"))
    }
    shifts: dict[int, list[Span]] = defaultdict(list)
    near = Shift.objects.filter(**only).meeting(since - AROUND, until + AROUND)
    for employee_id, start, end in near.values_list("employee_id", "starts_at", "ends_at"):
        shifts[employee_id].append(Span(start, end))
    leaves: dict[int, list[Days]] = defaultdict(list)
    away = Leave.objects.filter(**only).meeting((since - AROUND).date(), (until + AROUND).date())
    for employee_id, first, last in away.values_list("employee_id", "starts_on", "ends_on"):
        leaves[employee_id].append(Days(first, last))
    found = {}
    for employee in employees:
        zone = employee.tz
        first, last = rosters.get(employee.pk, (None, None))
        found[employee.pk] = WorkingTime(
            zone=zone,
            shifts=tuple(shifts[employee.pk]),
            roster=Days(first.astimezone(zone).date(), last.astimezone(zone).date())
            if first
            else None,
            away=tuple(leaves[employee.pk]),
            employed=Days(employee.hired_on, employee.left_on),
        )
    return found


def due_after(employee: Employee, *, start: datetime.datetime, hours: float) -> datetime.datetime:
    """The moment by which ``employee`` has worked ``hours`` since ``start``, by roster, leave and usual week.

    Raises NoWorkingTime for somebody who does not work that much any more. Three queries.
    """
    work = working_time_of(employee, since=start, until=start + HORIZON)
    return work.add_working_hours(start, hours)


def on_shift_at(
    moment: datetime.datetime, *, among: QuerySet[Employee] | None = None
) -> list[Employee]:
    """Who of ``among`` (everybody) works at ``moment``, by name: on a shift and not on leave. Four queries."""
    people = Employee.objects.all() if among is None else among
    # A day on either side, since each person's own zone decides which day it is for them.
    near = people.filter(hired_on__lte=moment.date() + datetime.timedelta(days=1)).exclude(
        left_on__lt=moment.date() - datetime.timedelta(days=1)
    )
    candidates = list(near.order_by("full_name"))
    times = working_times(candidates, since=moment, until=moment)
    return [person for person in candidates if times[person.pk].is_on_shift(moment)]


def nearest_leads(employee_ids: Collection[int], day: datetime.date) -> dict[int, int]:
    """Who leads each of these people on ``day``: of their team, else of the nearest one above. Two queries.

    Nobody leads themselves; who has no lead at all is left out.
    """
    above = {
        pk: (parent, lead)
        for pk, parent, lead in Team.objects.values_list("pk", "parent_id", "lead_id")
    }
    wanted = set(employee_ids)
    found: dict[int, int] = {}
    for employee_id, team in Assignment.objects.in_force_on(day).values_list(
        "employee_id", "team_id"
    ):
        while employee_id in wanted and team is not None:
            team, lead = above[team]
            if lead is not None and lead != employee_id:
                found[employee_id] = lead
                break
    return found
