"""Telling the head of support, once a week, what was asked."""

import datetime

from notifications.services.reminding import remind
from people.models import Employee, Team
from search.notices import QUESTIONS_OF_THE_WEEK
from search.week import last_whole_week, week_of_questions


def tell_of_the_week(*, now: datetime.datetime) -> int:
    """Tell whoever leads everybody of the last whole week, once they are at work. How many were told now.

    Safe to repeat: one message a week, and the newer takes the place of one nobody opened.
    """
    heads = Team.objects.filter(parent=None).values("lead")
    monday = last_whole_week(now)
    return remind(
        kind=QUESTIONS_OF_THE_WEEK.name,
        among=Employee.objects.filter(pk__in=heads, user__is_active=True),
        period=lambda _who, _day: {"week": monday.isoformat()},
        waits_for=lambda _viewer, _now: week_of_questions(monday).times,
        now=now,
    )
