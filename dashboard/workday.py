"""How a working day is said on the home page: the greeting and the line below it. Pure: no Django models."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# Without shift rows of their own, people work Monday to Friday, 9 to 18, in their own zone.
DEFAULT_START, DEFAULT_END = datetime.time(9), datetime.time(18)
SATURDAY = 5

Part = Literal["night", "morning", "afternoon", "evening"]
Phase = Literal["away", "none", "ahead", "running", "over"]


@dataclass(frozen=True)
class Workday:
    """Where somebody stands in their day, and the moment that matters: the start, the end, the return."""

    phase: Phase
    until: datetime.datetime | datetime.date | None = None


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


def default_shift(local: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime] | None:
    """The shift of somebody without rows on the day of ``local``; None at the weekend."""
    if local.weekday() >= SATURDAY:
        return None
    return (
        datetime.datetime.combine(local.date(), DEFAULT_START, local.tzinfo),
        datetime.datetime.combine(local.date(), DEFAULT_END, local.tzinfo),
    )


def workday(
    local: datetime.datetime,
    shifts: Sequence[tuple[datetime.datetime, datetime.datetime]],
    away_until: datetime.date | None,
) -> Workday:
    """The day of somebody with these shifts today; ``away_until`` is the last day of a leave."""
    if away_until is not None:
        return Workday("away", away_until)
    for start, end in sorted(shifts):
        if local < start:
            return Workday("ahead", start)
        if local < end:
            return Workday("running", end)
    return Workday("over") if shifts else Workday("none")
