"""Working days, Monday to Friday: the demo's dates count back from the last one before seeding."""

import datetime

ONE_DAY = datetime.timedelta(days=1)


def last_working_day(day: datetime.date) -> datetime.date:
    """``day`` itself if it is a working day, else the Friday before."""
    while day.weekday() >= 5:
        day -= ONE_DAY
    return day


def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """The working day ``count`` working days before ``day``."""
    weeks, rest = divmod(count, 5)
    day = last_working_day(day) - datetime.timedelta(weeks=weeks)
    for _step in range(rest):
        day = last_working_day(day - ONE_DAY)
    return day
