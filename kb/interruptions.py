"""How often changes may interrupt a person: once a shift, three times a week, and never too late. Pure.

A shift is known by the day it begins on. What comes off shift is the interruption of the shift to come.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from people.working_hours import WorkingTime

A_WEEK = 3
DAY = datetime.timedelta(days=1)
# Further ahead no shift is looked for.
LOOKED_AHEAD = 60


@dataclass(frozen=True)
class Waiting:
    """A change of normal risk that a person must confirm and has not been told of."""

    announced_at: datetime.datetime
    check_by: datetime.date | None = None


def comes_now(
    waiting: Collection[Waiting],
    *,
    before: Collection[datetime.datetime],
    time: WorkingTime,
    now: datetime.datetime,
) -> bool:
    """Whether what waits for a person comes at ``now``, all of it together; ``before`` are earlier interruptions.

    What was held over comes at work, unless this is the last shift before it is to be checked.
    """
    if not waiting:
        return False
    if any(cannot_wait(one.check_by, time=time, now=now) for one in waiting):
        return True
    shift = shift_of(time, now)
    used = {shift_of(time, moment) for moment in before}
    if shift in used or sum(_week_of(day) == _week_of(shift) for day in used) >= A_WEEK:
        return False
    return time.is_on_shift(now) or any(
        not _has_worked(time, one.announced_at, now) for one in waiting
    )


def cannot_wait(
    check_by: datetime.date | None, *, time: WorkingTime, now: datetime.datetime
) -> bool:
    """Whether the shift after this one would be too late for what is to be checked by ``check_by``."""
    if check_by is None:
        return False
    after = _first_shift_from(time, shift_of(time, now) + DAY)
    return after is None or after > check_by


def shift_of(time: WorkingTime, moment: datetime.datetime) -> datetime.date:
    """The day of the shift that runs at ``moment``, else of the next one; the day itself if none is known."""
    running = time.shift_at(moment)
    if running is not None:
        return running.start.astimezone(time.zone).date()
    today = moment.astimezone(time.zone).date()
    if any(moment < shift.start for shift in time.shifts_on(today)):
        return today
    return _first_shift_from(time, today + DAY) or today


def _first_shift_from(time: WorkingTime, day: datetime.date) -> datetime.date | None:
    ahead = (day + number * DAY for number in range(LOOKED_AHEAD))
    return next((one for one in ahead if time.shifts_on(one)), None)


def _has_worked(time: WorkingTime, since: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether the person has been at work between the two moments."""
    day, last = since.astimezone(time.zone).date() - DAY, now.astimezone(time.zone).date()
    while day <= last:
        if any(shift.start < now and since < shift.end for shift in time.shifts_on(day)):
            return True
        day += DAY
    return False


def _week_of(day: datetime.date) -> tuple[int, int]:
    return day.isocalendar()[:2]
