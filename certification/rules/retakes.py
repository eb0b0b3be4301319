"""When a failed quiz may be taken again: after three days, within ten."""

import datetime
from dataclasses import dataclass

AFTER_DAYS = 3
WITHIN_DAYS = 10


@dataclass(frozen=True)
class Retake:
    """From which day a quiz may be taken again, and by which it should be."""

    first_day: datetime.date
    due_day: datetime.date

    def may_start(self, day: datetime.date) -> bool:
        """Whether the days of rest are over. Late is late, but never too late."""
        return day >= self.first_day


def retake_after(failed_on: datetime.date) -> Retake:
    """The window that a fail on this local day opens."""
    return Retake(
        first_day=failed_on + datetime.timedelta(days=AFTER_DAYS),
        due_day=failed_on + datetime.timedelta(days=WITHIN_DAYS),
    )
