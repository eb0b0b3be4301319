"""In which week which review falls: at most five a week for one person, the most read first. Pure: given the day."""

import datetime
import heapq
from collections.abc import Iterable
from dataclasses import dataclass

PER_WEEK = 5
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Review:
    """An article that somebody is to look at: the day it is due on, and how many people read it."""

    key: int
    due_on: datetime.date
    reads: int = 0


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of the week that ``day`` lies in."""
    return day - datetime.timedelta(days=day.weekday())


def plan(
    reviews: Iterable[Review], *, today: datetime.date, done: int = 0, per_week: int = PER_WEEK
) -> dict[int, datetime.date]:
    """The Monday of the week each review of one person falls on, by its key, in the order they are to be done.

    None falls before the week it is due in, nor before this one. Where more want a week than it holds, the most
    read go first, of equals those due earlier, and the others move on and compete again. ``done`` reviews of this
    week take their places in it, so that a week that is done stays done. Raises ValueError for an empty week.
    """
    if per_week < 1:
        raise ValueError("Nothing would ever be reviewed.")
    week = week_of(today)
    places = max(per_week - done, 0)
    ahead = sorted(
        reviews, key=lambda one: (week_of(one.due_on), one.due_on, one.key), reverse=True
    )
    wanting: list[tuple[int, datetime.date, int]] = []
    found: dict[int, datetime.date] = {}
    while ahead or wanting:
        while ahead and week_of(ahead[-1].due_on) <= week:
            one = ahead.pop()
            heapq.heappush(wanting, (-one.reads, one.due_on, one.key))
        while wanting and places:
            found[heapq.heappop(wanting)[2]] = week
            places -= 1
        week = week + WEEK if wanting or not ahead else week_of(ahead[-1].due_on)
        places = per_week
    return found
