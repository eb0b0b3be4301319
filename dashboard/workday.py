"""How a working day is said on the home page: the greeting and the line below it. Pure, the moment passed in."""

import datetime
from dataclasses import dataclass
from typing import Literal

from people.working_hours import WorkingTime

Part = Literal["night", "morning", "afternoon", "evening"]
Phase = Literal["away", "none", "ahead", "running", "over"]


@dataclass(frozen=True)
class Workday:
    """Where somebody stands in their day, and what matters then: the start, the end, the last day away."""

    phase: Phase
    until: datetime.datetime | datetime.date | None = None


def working_days(first: datetime.date, last: datetime.date) -> int:
    """How many days from Monday to Friday lie from ``first`` to ``last``, both counted."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return 5 * weeks + sum((first.weekday() + day) % 7 < 5 for day in range(rest))


def part_of_day(local: datetime.datetime) -> Part:
    """Night until five, morning until noon, afternoon until six, evening until eleven."""
    hour = local.hour
    if 5 <= hour < 12:
        return "morning"
    if 12 <= hour < 18:
        return "afternoon"
    if 18 <= hour < 23:
        return "evening"
    return "night"


def workday(time: WorkingTime, now: datetime.datetime) -> Workday:
    """The day of somebody with this working time, at the moment ``now``."""
    running = time.shift_end(now)
    if running is not None:
        return Workday("running", running)
    today = now.astimezone(time.zone).date()
    for days in time.away:
        if today in days:
            return Workday("away", days.last)
    shifts = time.shifts_on(today)
    for shift in shifts:
        if now < shift.start:
            return Workday("ahead", shift.start)
    return Workday("over") if shifts else Workday("none")
