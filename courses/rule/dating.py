"""The days of a plan: working days counted from the first one, around weekends, rosters and leave."""

from collections.abc import Callable
from datetime import date, timedelta

DAY = timedelta(days=1)
# Somebody who does not work within it is away for good: from then on every day counts, so that a plan has an end.
HORIZON = timedelta(days=800)

Works = Callable[[date], bool]


def working_days(starts_on: date, count: int, works: Works) -> list[date]:
    """The first ``count`` days from ``starts_on`` on for which ``works`` says yes."""
    found: list[date] = []
    day, horizon = starts_on, starts_on + HORIZON
    while len(found) < count:
        if works(day) or day > horizon:
            found.append(day)
        day += DAY
    return found


def first_day(wanted: date | None, *, hired_on: date, today: date) -> date:
    """The day a plan begins: the wanted one, never before the first day of work, never in the past.

    Somebody who was hired a while ago begins today: a plan of past dates would be late before it was read.
    """
    return max(wanted or hired_on, hired_on, today)


def day_number(starts_on: date, today: date, works: Works) -> int:
    """Which working day of the plan ``today`` is; a day off belongs to the one before. 0 before it begins."""
    if today < starts_on:
        return 0
    day, number = starts_on, 0
    while day <= today:
        number += works(day)
        day += DAY
    return max(number, 1)


def days_waited(since: date, today: date, works: Works) -> int:
    """How many working days began after ``since`` and by ``today``."""
    day, number = since + DAY, 0
    while day <= today:
        number += works(day)
        day += DAY
    return number
