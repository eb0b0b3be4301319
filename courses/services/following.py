"""What courses does when people change: hired, moved, away, gone. Idempotent, and swept for what was missed."""

import datetime
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from courses.choices import RequestState
from courses.loading import local_day, works_of
from courses.models import Enrollment, PlanItem, PracticeRequest, Programme
from courses.rule.dating import HORIZON, days_waited, working_days
from courses.services.ending import stop
from courses.services.enrolling import enroll_many
from courses.services.mentors import give_mentor
from courses.services.telling import tell_enrolled, tell_of_long_wait, tell_ready
from people.models import Assignment, Employee

# Somebody hired for a day ahead finds the plan on the first morning.
AHEAD = datetime.timedelta(days=30)
LONG_WAIT = 2
"""Working days after which the leads hear of a question that nobody answers."""


@transaction.atomic
def follow_positions(
    *, employees: Collection[Employee], now: datetime.datetime
) -> list[Enrollment]:
    """Enrol those of ``employees`` who took up a position with a programme; what they entered by an earlier one ends.

    Who was on the programme before, however it ended, is not enrolled again.
    """
    held = _positions(employees, now)
    programmes = {one.position_id: one for one in Programme.objects.filter(is_active=True)}
    _stop_what_was_left(held, now)
    wanted: dict[Programme, list[Employee]] = defaultdict(list)
    for employee in employees:
        assignment = held.get(employee.pk)
        programme = programmes.get(assignment.position_id) if assignment else None
        if programme is not None and assignment.since >= programme.enrolls_from:
            wanted[programme].append(employee)
    made: list[Enrollment] = []
    for programme, people in wanted.items():
        known = set(
            Enrollment.objects.filter(programme=programme, employee__in=people).values_list(
                "employee_id", flat=True
            )
        )
        fresh = [employee for employee in people if employee.pk not in known]
        if fresh:
            made += enroll_many(employees=fresh, programme=programme, now=now)
    for enrollment in made:
        welcome(enrollment=enrollment, now=now)
    return made


def welcome(*, enrollment: Enrollment, now: datetime.datetime) -> None:
    """Somebody has a plan now: they get a mentor if they have none, and both are told."""
    give_mentor(enrollment=enrollment, now=now)
    tell_enrolled(enrollment=enrollment, now=now)


def _positions(employees: Collection[Employee], now: datetime.datetime) -> dict[int, Assignment]:
    """The assignment of each on their own day, or the first ahead; ``since`` is when they took the position up."""
    rows = Assignment.objects.filter(employee__in=[one.pk for one in employees])
    by_person: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("employee", "starts_on"):
        by_person[row.employee_id].append(row)
    found = {}
    for employee in employees:
        day = max(local_day(now, employee), employee.hired_on)
        if not employee.works_on(day) or day > local_day(now, employee) + AHEAD:
            continue
        past = [row for row in by_person[employee.pk] if row.starts_on <= day]
        if not past:
            continue
        current = past[-1]
        current.since = current.starts_on
        for row in reversed(past):
            if row.position_id != current.position_id:
                break
            current.since = row.starts_on
        found[employee.pk] = current
    return found


def _stop_what_was_left(held: dict[int, Assignment], now: datetime.datetime) -> None:
    """A plan that hiring made for a position goes with the position; one given by hand stays."""
    plans = Enrollment.objects.under_way().filter(employee__in=list(held), enrolled_by__isnull=True)
    for plan in plans.select_related("programme", "employee"):
        if plan.programme.position_id != held[plan.employee_id].position_id:
            stop(enrollment=plan, reason=_("Another position"), now=now)


@transaction.atomic
def redate(*, employees: Collection[Employee] | None = None, now: datetime.datetime) -> int:
    """Date the open plans of ``employees`` (None: everybody's) anew by leave and roster; how many items moved."""
    plans = Enrollment.objects.under_way().select_related("employee")
    if employees is not None:
        plans = plans.filter(employee__in=employees)
    plans = list(plans)
    if not plans:
        return 0
    works = works_of(
        [plan.employee for plan in plans],
        since=min(plan.starts_on for plan in plans),
        until=max(plan.starts_on for plan in plans) + HORIZON,
    )
    items: dict[int, list[PlanItem]] = defaultdict(list)
    for item in PlanItem.objects.filter(enrollment__in=plans):
        items[item.enrollment_id].append(item)
    moved = []
    for plan in plans:
        own = items[plan.pk]
        last = max((item.day for item in own), default=0)
        days = working_days(plan.starts_on, last, works[plan.employee_id])
        for item in own:
            if item.due_on != days[item.day - 1]:
                item.due_on = days[item.day - 1]
                moved.append(item)
    PlanItem.objects.bulk_update(moved, ["due_on"], batch_size=500)
    return len(moved)


@transaction.atomic
def hand_to_new_mentor(*, employee: Employee, now: datetime.datetime) -> int:
    """What waits for a signature waits for the new mentor now; they are told. How many questions."""
    waiting = PracticeRequest.objects.waiting().filter(item__enrollment__employee=employee)
    requests = list(waiting.select_related("item__enrollment__employee__mentor"))
    for request in requests:
        tell_ready(request=request, now=now)
    return len(requests)


def sweep(*, now: datetime.datetime) -> int:
    """Do what events have missed: enrol, end plans of who is gone, date anew, tell of long waits. How many rows."""
    day = now.date()
    newcomers = Employee.objects.filter(
        Exists(
            Assignment.objects.filter(
                employee=OuterRef("pk"),
                starts_on__gte=day - datetime.timedelta(days=400),
                position__programmes__is_active=True,
            )
        ),
        left_on__isnull=True,
    )
    done = len(follow_positions(employees=list(newcomers), now=now))
    gone = Enrollment.objects.under_way().filter(employee__left_on__lt=day)
    for plan in gone.select_related("employee"):
        stop(enrollment=plan, reason=_("Works here no longer"), now=now)
        done += 1
    return done + redate(now=now) + tell_of_long_waits(now=now)


def tell_of_long_waits(*, now: datetime.datetime) -> int:
    """Tell the leads of questions that nobody has answered for days, each once; how many were told."""
    waiting = PracticeRequest.objects.filter(
        state=RequestState.WAITING, asked_at__lt=now - LONG_WAIT * datetime.timedelta(days=1)
    ).waiting()
    requests = list(
        waiting.select_related("item__enrollment__employee", "item__task").order_by("pk")
    )
    if not requests:
        return 0
    people = {one.item.enrollment.employee for one in requests}
    first = min(local_day(one.asked_at, one.item.enrollment.employee) for one in requests)
    works = works_of(people, since=first, until=now.date())
    told = 0
    for request in requests:
        employee = request.item.enrollment.employee
        asked, today = local_day(request.asked_at, employee), local_day(now, employee)
        if days_waited(asked, today, works[employee.pk]) >= LONG_WAIT:
            told += tell_of_long_wait(request=request, now=now)
    return told
