"""Rounds: half-years, the rhythm in which everybody's knowledge is tested."""

import datetime


def round_of(day: datetime.date) -> str:
    """The half-year that ``day`` lies in, such as 2026-2."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"
