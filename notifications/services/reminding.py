"""Reminding people of what waits for them: once in a period, while they are at work, and only if something does."""

import datetime
from collections.abc import Callable

from django.db.models import QuerySet

from notifications.models import Notification
from notifications.services.notifying import notify
from people.models import Employee
from people.selectors import on_shift_at
from people.viewer import Viewer


def remind(
    *,
    kind: str,
    among: QuerySet[Employee],
    period: Callable[[Employee, datetime.date], dict[str, str] | None],
    waits_for: Callable[[Viewer, datetime.datetime], object],
    now: datetime.datetime,
) -> int:
    """Tell whoever of ``among`` is at work and has something waiting. How many were told now. Safe to repeat.

    ``period`` gives for somebody and their own day what the message names, and by which it is one message:
    ``{"week": …}``, or None where there is nothing to say. The newer takes the place of one nobody opened. Raises
    UnknownKind.
    """
    told = 0
    for employee in on_shift_at(now, among=among.select_related("user")):
        params = period(employee, now.astimezone(employee.tz).date())
        if params is None:
            continue
        event_key = ":".join([kind, str(employee.pk), *params.values()])
        if Notification.objects.filter(event_key=event_key).exists():
            continue
        if waits_for(Viewer.of(employee.user, now), now):
            told += notify(
                event_key=event_key,
                kind=kind,
                params=params,
                recipients=[employee],
                about=kind,
                now=now,
            )
    return told
