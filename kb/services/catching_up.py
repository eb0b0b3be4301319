"""Telling whoever is back from leave, once, what they have missed."""

import datetime

from kb.catching_up import BACK_FOR, catch_up_of
from kb.notices.catching_up import CATCH_UP
from notifications.models import Notification
from notifications.services.notifying import notify
from people.models import Employee, Leave
from people.selectors import on_shift_at
from people.viewer import Viewer


def tell_who_is_back(*, now: datetime.datetime) -> int:
    """Tell everybody who is at work after a leave what changed meanwhile. How many were told now. Safe to repeat."""
    back = Leave.objects.filter(ends_on__gte=(now - BACK_FOR).date(), ends_on__lte=now.date())
    people = Employee.objects.filter(pk__in=back.values("employee"), user__is_active=True)
    if not people.exists():
        return 0
    told = 0
    for employee in on_shift_at(now, among=people.select_related("user")):
        found = catch_up_of(employee, Viewer.of(employee.user, now), now)
        if found is None:
            continue
        until = found.away.last.isoformat()
        event_key = f"{CATCH_UP.name}:{employee.pk}:{until}"
        if not Notification.objects.filter(event_key=event_key).exists():
            told += notify(
                event_key=event_key,
                kind=CATCH_UP.name,
                params={"away_until": until},
                recipients=[employee],
                about=CATCH_UP.name,
                now=now,
            )
    return told
