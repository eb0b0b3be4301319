"""Until when somebody may say that a question of theirs was judged wrongly."""

from datetime import date, timedelta

LONGEST_APPEAL = 60


def last_day_of_appeal(judged: date, days: int) -> date | None:
    """The last day for it: so many days after the one on which all was judged; None where the test has none."""
    return judged + timedelta(days=days) if days else None
