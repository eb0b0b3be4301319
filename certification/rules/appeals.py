"""Until when somebody may say that a question of theirs was judged wrongly."""

from datetime import date, timedelta

LONGEST_APPEAL = 60


def last_day_of_appeal(handed_in: date, days: int) -> date | None:
    """The last day for it: so many days after the one of handing in; None where the test has none."""
    return handed_in + timedelta(days=days) if days else None
