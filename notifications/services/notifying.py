"""Telling people something, once, and taking it back when it no longer concerns anybody."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from common.events import emit
from notifications.events import DeliveriesWritten
from notifications.extensions import kind_named
from notifications.models import Channel, Delivery, DeliveryState, Notification, Preference
from people.models import Employee

BATCH = 200


@transaction.atomic
def notify(
    *,
    event_key: str,
    kind: str,
    params: dict[str, Any],
    recipients: Iterable[Employee],
    now: datetime.datetime,
) -> int:
    """Tell ``recipients`` of one event: a row in the inbox of each, and mail to those who want it.

    ``params`` holds ids only. Calling it again for the same ``event_key`` writes nothing for those who have
    been told, also from two places at once. Who does not work here today gets nothing. Returns how many
    were told now. Raises UnknownKind.
    """
    group = kind_named(kind).group
    today = now.date()
    day_after, day_before = today + datetime.timedelta(days=1), today - datetime.timedelta(days=1)
    # The day differs by zone, so the rows are sifted wide by SQL and exactly by each person's own day.
    wanted = {employee.pk for employee in recipients}
    told = set(
        Notification.objects.filter(event_key=event_key).values_list("recipient_id", flat=True)
    )
    people = [
        employee
        for employee in Employee.objects.filter(
            pk__in=wanted - told, hired_on__lte=day_after, user__is_active=True
        ).exclude(left_on__lt=day_before)
        if employee.works_on(now.astimezone(employee.tz).date())
    ]
    if not people:
        return 0
    Notification.objects.bulk_create(
        [
            Notification(
                recipient=employee, kind=kind, params=params, event_key=event_key, created_at=now
            )
            for employee in people
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    _write_deliveries(event_key=event_key, people=people, group=group.key, now=now)
    return len(people)


def _write_deliveries(
    *, event_key: str, people: list[Employee], group: str, now: datetime.datetime
) -> None:
    silent = set(
        Preference.objects.filter(
            employee__in=people, group=group, channel=Channel.EMAIL, is_on=False
        ).values_list("employee_id", flat=True)
    )
    loud = [employee.pk for employee in people if employee.pk not in silent]
    rows = Notification.objects.filter(event_key=event_key, recipient__in=loud)
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    Delivery.objects.bulk_create(
        [
            Delivery(
                notification_id=pk,
                channel=Channel.EMAIL,
                next_try_at=now,
                message_id=f"<{uuid.uuid4().hex}@{host}>",
            )
            for pk in rows.values_list("pk", flat=True)
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    if loud:
        emit(DeliveriesWritten())


@transaction.atomic
def withdraw(*, event_key: str, now: datetime.datetime) -> int:
    """Take a message back that concerns nobody any more: out of the inboxes, and not sent if it still waits.

    Returns from how many inboxes it went.
    """
    rows = Notification.objects.filter(event_key=event_key, withdrawn_at__isnull=True)
    Delivery.objects.filter(notification__in=rows, state=DeliveryState.WAITING).update(
        state=DeliveryState.DROPPED
    )
    return rows.update(withdrawn_at=now)
