"""How old the demo's data is: every date in it counts from the day of seeding."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from lms.demo.calendar import last_working_day
from people.models import Company


@dataclass(frozen=True)
class DemoAge:
    """The working day the demo was seeded for, and how many days ago that was for a new seeding of ``today``."""

    seeded_on: datetime.date
    days: int


def age_of_demo(today: datetime.date | None = None) -> DemoAge | None:
    """The age of the demo in this database; None where there is none. One query."""
    seeded_on = Company.objects.values_list("demo_seeded_on", flat=True).first()
    if seeded_on is None:
        return None
    fresh = last_working_day(today or timezone.localdate())
    return DemoAge(seeded_on, max((fresh - seeded_on).days, 0))
