"""When an attempt ends. Moments are instants: no zone, no summer time, no calendar moves them."""

import datetime

UTC = datetime.UTC


def deadline(
    started_at: datetime.datetime, minutes: int, *, extra_percent: int = 0
) -> datetime.datetime:
    """The moment from which nothing is taken any more: so many minutes of an ordinary clock after the start."""
    length = datetime.timedelta(minutes=minutes) * (100 + extra_percent) / 100
    return started_at.astimezone(UTC) + length


def is_over(deadline_at: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether time has run out: at the deadline itself it has."""
    return now >= deadline_at


def seconds_left(deadline_at: datetime.datetime, now: datetime.datetime) -> int:
    """Whole seconds that remain, never fewer than none."""
    left = (deadline_at.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
    return max(0, int(left))
