"""Counting days and months: months are clamped to the month's end, days are inclusive."""

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)


def add_months(anchor: date, months: int) -> date:
    """The day ``months`` after ``anchor``, clamped to the month's end.

    “31 August + 6 months = 28 February; + 12 = 31 August”: counted from the anchor, never from a clamped day.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """The day ``days`` after ``day``; before it where negative."""
    return day + timedelta(days=days)


def days_between(first: date, last: date) -> int:
    """How many days ``last`` is after ``first``: 0 on the same day."""
    return (last - first).days


def length_in_days(first: date, last: date) -> int:
    """How many days a span has: “both ends count”."""
    return days_between(first, last) + 1
