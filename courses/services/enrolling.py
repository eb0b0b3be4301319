"""Putting people on a programme: a dated plan of what they have not done yet."""

import datetime
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.events import emit
from courses.choices import EnrollmentState
from courses.events import Enrolled
from courses.loading import facts_of, local_day, works_of
from courses.models import Enrollment, LessonCompletion, PlanItem, Programme, Step
from courses.permissions import may_enroll
from courses.refusals import BeginsInThePast, NotYours
from courses.rule.dating import HORIZON, first_day, working_days
from people.models import Employee, User
from people.viewer import Viewer

BATCH = 500


def enroll(
    *,
    employee: Employee,
    programme: Programme,
    starts_on: datetime.date | None = None,
    by: User | None = None,
    now: datetime.datetime,
) -> Enrollment:
    """Put ``employee`` on ``programme``; who is on it already stays as they are.

    Without ``by`` hiring did it. Raises NotYours, BeginsInThePast.
    """
    return enroll_many(
        employees=[employee], programme=programme, starts_on=starts_on, by=by, now=now
    )[0]


@transaction.atomic
def enroll_many(
    *,
    employees: Collection[Employee],
    programme: Programme,
    starts_on: datetime.date | None = None,
    by: User | None = None,
    now: datetime.datetime,
) -> list[Enrollment]:
    """Put ``employees`` on ``programme``, in a number of queries that does not grow with them but for the rows.

    What somebody has done, or has before them in another plan, is left out. Raises NotYours, BeginsInThePast.
    """
    people = {employee.pk: employee for employee in employees}
    if by is not None:
        _refuse(people.values(), starts_on, by, now)
    known = {
        row.employee_id: row
        for row in Enrollment.objects.under_way().filter(
            employee__in=list(people), programme=programme
        )
    }
    fresh = [employee for pk, employee in people.items() if pk not in known]
    rows = [
        Enrollment(
            employee=employee,
            programme=programme,
            starts_on=first_day(
                starts_on, hired_on=employee.hired_on, today=local_day(now, employee)
            ),
            enrolled_by=by,
            created_at=now,
        )
        for employee in fresh
    ]
    try:
        with transaction.atomic():
            Enrollment.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError:
        # Somebody enrolled one of them a moment ago: whoever is left is enrolled by a second look.
        return _again(people, programme=programme, starts_on=starts_on, by=by, now=now)
    _write_plans(rows, programme)
    for row in rows:
        emit(Enrolled(enrollment_id=row.pk))
    by_person = known | {row.employee_id: row for row in rows}
    return [by_person[pk] for pk in people]


def _again(people: dict[int, Employee], *, programme, starts_on, by, now) -> list[Enrollment]:
    taken = Enrollment.objects.under_way().filter(employee__in=list(people), programme=programme)
    if not taken.exists():
        raise IntegrityError("an enrolment was refused though nobody holds it")
    return enroll_many(
        employees=list(people.values()), programme=programme, starts_on=starts_on, by=by, now=now
    )


def _refuse(
    people: Iterable[Employee],
    starts_on: datetime.date | None,
    by: User,
    now: datetime.datetime,
) -> None:
    viewer = Viewer.of(by, now)
    for employee in people:
        if not may_enroll(viewer, employee, now):
            raise NotYours(
                _("Trainer, HR or the lead puts %(name)s on a programme.")
                % {"name": employee.full_name}
            )
        if starts_on is not None and starts_on < local_day(now, employee):
            raise BeginsInThePast(_("The plan begins today or later."))


def _write_plans(enrollments: list[Enrollment], programme: Programme) -> None:
    """Copy the steps, each with its day in the person's own calendar; who has done them all is through at once."""
    steps = list(
        Step.objects.filter(programme=programme)
        .select_related("task")
        .order_by("day", "sort_order")
    )
    if not steps or not enrollments:
        return
    last = max(step.day for step in steps)
    people = [row.employee for row in enrollments]
    done = _done_already(people, steps)
    first = min(row.starts_on for row in enrollments)
    latest = max(row.starts_on for row in enrollments)
    works = works_of(people, since=first, until=latest + HORIZON)
    items = []
    for row in enrollments:
        days = working_days(row.starts_on, last, works[row.employee_id])
        for order, step in enumerate(steps):
            left = _left_of(step, done.get((row.employee_id, step.lesson_id, step.task_id), 0))
            if left:
                items.append(
                    PlanItem(
                        enrollment=row,
                        order=order,
                        lesson_id=step.lesson_id,
                        task_id=step.task_id,
                        day=step.day,
                        after_previous=step.after_previous,
                        repetitions=left,
                        due_on=days[step.day - 1],
                    )
                )
    PlanItem.objects.bulk_create(items, batch_size=BATCH)
    with_items = {item.enrollment_id for item in items}
    nothing_left = [row for row in enrollments if row.pk not in with_items]
    for row in nothing_left:
        row.state, row.ended_at = EnrollmentState.COMPLETED, row.created_at
    Enrollment.objects.bulk_update(nothing_left, ["state", "ended_at"], batch_size=BATCH)


def _left_of(step: Step, done: int) -> int:
    return max((step.task.repetitions if step.task else 1) - done, 0)


def _done_already(people: list[Employee], steps: list[Step]) -> dict[tuple, int]:
    """How much of each step each person has behind them, or before them in another open plan."""
    found: dict[tuple, int] = {}
    lessons = [step.lesson_id for step in steps if step.lesson_id]
    completed = LessonCompletion.objects.filter(employee__in=people, lesson__in=lessons)
    for employee_id, lesson_id in completed.values_list("employee_id", "lesson_id"):
        found[employee_id, lesson_id, None] = 1
    plans = list(Enrollment.objects.filter(employee__in=people, items__isnull=False).distinct())
    for plan, facts in zip(plans, facts_of(plans).values(), strict=True):
        for one in facts:
            key = (plan.employee_id, one.item.lesson_id, one.item.task_id)
            ahead = plan.state == EnrollmentState.OPEN
            seen = one.item.repetitions if ahead else one.repetitions_done
            found[key] = found.get(key, 0) + (seen if one.item.task_id else int(ahead))
    return found
