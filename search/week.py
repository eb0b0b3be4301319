"""A week of questions on one page: what most people asked, what rose, what found nothing."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from kb.reviewing import WEEK, week_of
from search.asked import PEOPLE, with_open_tasks
from search.models import SearchLog

LISTED = 10
BEFORE = 4
"""A week is compared with the mean of so many before it."""

RISES_BY = 2
"""So many times the mean of the weeks before, and a question has risen."""


@dataclass(frozen=True)
class Risen:
    """A question asked much more than in the weeks before: how often this week, how often on average before."""

    query: str
    times: int
    usual: float


@dataclass(frozen=True)
class WeekOfQuestions:
    """What was asked from ``monday`` on for seven days.

    ``most`` and ``unanswered`` are rows of ``SearchLog.by_query`` (query, times, people, …, task_id, task_owner).
    """

    monday: datetime.date
    times: int
    empty: int
    opened: int
    most: list[dict[str, Any]]
    risen: list[Risen]
    unanswered: list[dict[str, Any]]

    @property
    def sunday(self) -> datetime.date:
        """Its last day."""
        return self.monday + WEEK - datetime.timedelta(days=1)


def last_whole_week(now: datetime.datetime) -> datetime.date:
    """The Monday of the last week that is over, by the clock of the site."""
    return week_of(timezone.localdate(now)) - WEEK


def week_of_questions(monday: datetime.date) -> WeekOfQuestions:
    """The week from ``monday`` on, by the clock of the site. Four queries, however much was asked."""
    asked = _asked(monday, monday + WEEK)
    totals = asked.aggregate(
        times=Count("pk"),
        empty=Count("pk", filter=Q(hits=0)),
        opened=Count("pk", filter=Q(opened__isnull=False)),
    )
    questions = with_open_tasks(asked.by_query())
    by_people = ("-people", "-times", "query_key")
    return WeekOfQuestions(
        monday=monday,
        most=list(questions.order_by(*by_people)[:LISTED]),
        risen=_risen(monday),
        unanswered=list(
            with_open_tasks(asked.finding_nothing().by_query()).order_by(*by_people)[:LISTED]
        ),
        **totals,
    )


def _risen(monday: datetime.date) -> list[Risen]:
    """What at least three people asked, at least twice as often as usual; the steepest first."""
    in_week = Q(asked_at__gte=_midnight(monday))
    rows = (
        _asked(monday - BEFORE * WEEK, monday + WEEK)
        .order_by()
        .values("query_key")
        .annotate(
            query=Max("query", filter=in_week),
            times=Count("pk", filter=in_week),
            earlier=Count("pk", filter=~in_week),
            people=Count("who", distinct=True, filter=in_week & ~Q(who="")),
        )
        .filter(people__gte=PEOPLE, times__gte=F("earlier") * RISES_BY / BEFORE)
    )
    found = [Risen(row["query"], row["times"], row["earlier"] / BEFORE) for row in rows]
    return sorted(found, key=lambda one: (one.usual - one.times, one.query))[:LISTED]


def _asked(since: datetime.date, before: datetime.date):
    return SearchLog.objects.asked_since(_midnight(since)).asked_before(_midnight(before))


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
