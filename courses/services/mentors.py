"""Finding a mentor for somebody who has none: one who may sign, works near, and has room."""

import datetime

from django.db.models import Count, Q

from competence.models import CellSegment, Competence
from competence.rule.states import OPEN_STATES
from courses.choices import EnrollmentState
from courses.models import Enrollment, PracticeTask
from people.models import Employee, Leave
from people.roles import Role, group_name
from people.services.mentors import UnsuitableMentor, set_mentor

CAPACITY = 3


def find_mentor(*, enrollment: Enrollment, now: datetime.datetime) -> Employee | None:
    """The mentor who may sign for most tasks of the plan, of the own team first, then the one with most room.

    Nobody who is away when the plan begins, is not at target in mentoring, or has as many trainees under way as one
    can have.
    """
    trainee, first_day = enrollment.employee, enrollment.starts_on
    mentors = (
        Employee.objects.working_on(first_day)
        .filter(user__groups__name=group_name(Role.MENTOR), user__is_active=True)
        .exclude(pk=trainee.pk)
        .exclude(pk__in=Leave.objects.covering(first_day).values("employee"))
        .annotate(
            load=Count(
                "trainees__enrollments",
                filter=Q(trainees__enrollments__state=EnrollmentState.OPEN),
                distinct=True,
            )
        )
        .filter(load__lt=CAPACITY)
    )
    mentors = list(mentors.with_assignment_on(first_day))
    team = (
        Employee.objects.filter(pk=trainee.pk)
        .with_assignment_on(first_day)
        .values_list("team_id_then", flat=True)
        .first()
    )
    signs = _what_each_signs(mentors, enrollment, first_day)
    able = [mentor for mentor in mentors if mentor.pk in signs]
    able.sort(key=lambda one: (-signs[one.pk], one.team_id_then != team, one.load, one.full_name))
    return able[0] if able else None


def give_mentor(*, enrollment: Enrollment, now: datetime.datetime) -> bool:
    """Give the trainee of ``enrollment`` a mentor if they have none. Whether they got one."""
    trainee = enrollment.employee
    if trainee.mentor_id is not None:
        return False
    mentor = find_mentor(enrollment=enrollment, now=now)
    if mentor is None:
        return False
    try:
        return set_mentor(employee=trainee, mentor=mentor, by=None)
    except UnsuitableMentor:
        return False


def _what_each_signs(
    mentors: list[Employee], enrollment: Enrollment, day: datetime.date
) -> dict[int, int]:
    """For how many competences of the plan's tasks each mentor's cell is good; without mentoring nobody is listed."""
    tasks = PracticeTask.objects.filter(planitems__enrollment=enrollment)
    wanted = set(tasks.values_list("competences", flat=True)) - {None}
    mentoring = Competence.objects.filter(marks_mentoring=True).values_list("pk", flat=True).first()
    good: dict[int, set[int]] = {mentor.pk: set() for mentor in mentors}
    cells = CellSegment.objects.filter(employee__in=mentors, state__in=OPEN_STATES).covering(day)
    for employee_id, competence_id in cells.values_list("employee_id", "competence_id"):
        good[employee_id].add(competence_id)
    return {
        pk: len(cells & wanted)
        for pk, cells in good.items()
        if (mentoring is None or mentoring in cells) and (not wanted or cells & wanted)
    }
