"""Telling whoever is back from leave, once, what they have missed."""

import datetime

from kb.catching_up import BACK_FOR, absence_lately, missed_by
from kb.notices.catching_up import CATCH_UP
from notifications.services.reminding import remind
from people.models import Employee, Leave


def tell_who_is_back(*, now: datetime.datetime) -> int:
    """Tell everybody who is at work after a leave what changed meanwhile. How many were told now. Safe to repeat."""
    day = datetime.timedelta(days=1)
    # A day more on either side: whose calendar it is is asked person by person.
    back = Leave.objects.filter(
        ends_on__gte=(now - BACK_FOR - day).date(), ends_on__lte=(now + day).date()
    )
    return remind(
        kind=CATCH_UP.name,
        among=Employee.objects.filter(pk__in=back.values("employee"), user__is_active=True),
        period=_absence,
        waits_for=missed_by,
        now=now,
    )


def _absence(employee: Employee, day: datetime.date) -> dict[str, str] | None:
    away = absence_lately(employee, day)
    return {"away_until": away.last.isoformat()} if away and away.last else None
