"""Ticking off one's own notifications, and taking that back."""

import datetime

from notifications.models import Notification
from people.viewer import Viewer


def mark_read(*, notification: Notification, by: Viewer, now: datetime.datetime) -> None:
    """``by`` has seen this one of theirs; the first moment counts."""
    Notification.objects.of(by).unread().filter(pk=notification.pk).update(read_at=now)


def mark_unread(*, notification: Notification, by: Viewer) -> None:
    """As if ``by`` had not seen this one of theirs."""
    Notification.objects.of(by).filter(pk=notification.pk).update(read_at=None)


def mark_all_read(*, by: Viewer, up_to: int, now: datetime.datetime) -> int:
    """Tick off what was there when the list was drawn (ids to ``up_to``), not what came since. How many."""
    return Notification.objects.of(by).unread().filter(pk__lte=up_to).update(read_at=now)


def take_back_all_read(*, by: Viewer, read_at: datetime.datetime) -> int:
    """Undo ``mark_all_read`` of that very moment. How many are new again."""
    return Notification.objects.of(by).filter(read_at=read_at).update(read_at=None)


def retire(*, notifications: list[Notification], now: datetime.datetime) -> None:
    """Take rows out of the inbox that say nothing to their recipient any more."""
    Notification.objects.filter(
        pk__in=[notification.pk for notification in notifications], withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
