"""A week of questions, for whoever decides what is written."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kb.reviewing import WEEK, week_of
from search.week import last_whole_week, week_of_questions


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The week that ``week=2026-11-16`` lies in; without one, or with one that is no day, the last whole one."""
    now = timezone.now()
    latest = last_whole_week(now)
    monday = _asked_for(request.GET.get("week", "")) or latest
    this_week = latest + WEEK
    context = {
        "week": week_of_questions(min(monday, this_week)),
        "earlier": monday - WEEK,
        "later": monday + WEEK if monday < this_week else None,
        "is_under_way": monday >= this_week,
    }
    return render(request, "search/week.html", context)


def _asked_for(text: str) -> datetime.date | None:
    """The Monday of the day that ``text`` names; None if it names none that a log could hold."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return week_of(day) if 2000 <= day.year <= 2200 else None
