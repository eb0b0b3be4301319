"""Telling assessors, once a day, that open answers wait for them."""

import datetime

from certification.models import OpenAnswer
from certification.notices.assessments import ANSWERS_WAIT
from certification.querysets import JUDGES
from notifications.services.reminding import remind
from people.models import Employee
from people.roles import group_name


def remind_assessors(*, now: datetime.datetime) -> int:
    """Tell everybody for whom an open answer waits. How many were told now.

    Once a day for a person, while they are at work; the newer takes the place of one nobody opened. Safe to repeat.
    """
    if not OpenAnswer.objects.waiting().exists():
        return 0
    groups = [group_name(role) for role in JUDGES]
    assessors = Employee.objects.filter(user__groups__name__in=groups, user__is_active=True)
    return remind(
        kind=ANSWERS_WAIT.name,
        among=assessors.distinct(),
        period=lambda _who, day: {"day": day.isoformat()},
        waits_for=lambda viewer, _at: OpenAnswer.objects.judged_by(viewer).waiting().exists(),
        now=now,
    )
