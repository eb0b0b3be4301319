"""Sessions that come again every week, at the same time by the clock on the wall."""

import datetime
from zoneinfo import ZoneInfo

WEEK = datetime.timedelta(weeks=1)
MOST_WEEKS = 26


def weekly(
    start: datetime.datetime, end: datetime.datetime, *, until: datetime.date, zone: ZoneInfo
) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """The first session and those of the weeks after it, none later than ``until``; never more than half a year.

    They keep the hour of ``zone``, also where its clocks are put forward or back in between.
    """
    length = end - start
    first = start.astimezone(zone)
    found = []
    for week in range(MOST_WEEKS):
        day = first.date() + WEEK * week
        if week and day > until:
            break
        begins = datetime.datetime.combine(day, first.time(), zone).astimezone(datetime.UTC)
        found.append((begins, begins + length))
    return found
