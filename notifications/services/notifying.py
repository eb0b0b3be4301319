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
from notifications.models import (
    Channel,
    Delivery,
    DeliverySettings,
    DeliveryState,
    Notification,
    Preference,
)
from notifications.pacing import Hours, Pace, due_at
from notifications.services.chat import is_allowed
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
    about: str = "",
    is_urgent: bool = False,
    together: bool = False,
) -> int:
    """Tell ``recipients`` of one event: a row in the inbox of each, and mail or chat as each chose.

    ``params`` holds ids only. Calling it again for the same ``event_key`` writes nothing for those who have
    been told, also from two places at once. Who does not work here today gets nothing. ``about`` names a
    thing: what a person has not opened about it yet gives way to the new message, and if its mail went out
    already, no second one follows. What is urgent goes out at once, whatever the hour. What is told ``together``
    with other things at the same moment goes out in one mail. Returns how many were told now. Raises UnknownKind.
    """
    group = kind_named(kind).group
    people = _those_who_work_here(recipients, besides=event_key, now=now)
    if not people:
        return 0
    Notification.objects.bulk_create(
        [
            Notification(
                recipient=employee,
                kind=kind,
                params=params,
                event_key=event_key,
                about=about,
                created_at=now,
            )
            for employee in people
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    mailed = (
        _make_room(about=about, event_key=event_key, people=people, now=now) if about else set()
    )
    _write_deliveries(
        event_key=event_key,
        people=people,
        mailed=set() if is_urgent else mailed,
        group=group.key,
        now=now,
        is_urgent=is_urgent,
        together=together,
    )
    return len(people)


def _those_who_work_here(
    recipients: Iterable[Employee], *, besides: str, now: datetime.datetime
) -> list[Employee]:
    """Those of ``recipients`` who work here on their own day and have not been told of the event ``besides``."""
    today = now.date()
    day_after, day_before = today + datetime.timedelta(days=1), today - datetime.timedelta(days=1)
    # The day differs by zone, so the rows are sifted wide by SQL and exactly by each person's own day.
    wanted = {employee.pk for employee in recipients}
    told = set(
        Notification.objects.filter(event_key=besides).values_list("recipient_id", flat=True)
    )
    return [
        employee
        for employee in Employee.objects.filter(
            pk__in=wanted - told, hired_on__lte=day_after, user__is_active=True
        ).exclude(left_on__lt=day_before)
        if employee.works_on(now.astimezone(employee.tz).date())
    ]


def _make_room(
    *, about: str, event_key: str, people: list[Employee], now: datetime.datetime
) -> set[int]:
    """Put away what ``people`` have not opened about the same thing; who has had mail of that."""
    older = (
        Notification.objects.filter(recipient__in=people, about=about, withdrawn_at__isnull=True)
        .unread()
        .exclude(event_key=event_key)
    )
    on_the_way = Delivery.objects.filter(notification__in=older)
    mailed = set(
        on_the_way.filter(state__in=[DeliveryState.SENT, DeliveryState.TAKEN]).values_list(
            "notification__recipient_id", flat=True
        )
    )
    on_the_way.filter(state=DeliveryState.WAITING).update(state=DeliveryState.DROPPED)
    older.update(withdrawn_at=now)
    return mailed


def _write_deliveries(
    *,
    event_key: str,
    people: list[Employee],
    mailed: set[int],
    group: str,
    now: datetime.datetime,
    is_urgent: bool,
    together: bool,
) -> None:
    paces = dict(
        Preference.objects.filter(
            employee__in=people, group=group, channel=Channel.EMAIL
        ).values_list("employee_id", "pace")
    )
    chosen = DeliverySettings.objects.in_bulk([employee.pk for employee in people])
    rows = dict(
        Notification.objects.filter(event_key=event_key, recipient__in=people).values_list(
            "recipient_id", "pk"
        )
    )
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    deliveries = []
    for employee in people:
        pace = Pace(paces.get(employee.pk, Pace.AT_ONCE))
        if pace is Pace.OFF or employee.pk in mailed:
            continue
        wishes = chosen.get(employee.pk)
        hours = wishes.hours(employee.tz) if wishes else Hours(zone=employee.tz)
        channels = [Channel.EMAIL]
        if wishes and wishes.chat_address and is_allowed(wishes.chat_address):
            channels.append(Channel.CHAT)
        for channel in channels:
            # A digest is a mail: the chat of who wants one says nothing by itself.
            in_digest = pace is Pace.DIGEST and not is_urgent
            if in_digest and channel is Channel.CHAT:
                continue
            deliveries.append(
                Delivery(
                    notification_id=rows[employee.pk],
                    channel=channel,
                    in_digest=in_digest or (together and channel is Channel.EMAIL),
                    next_try_at=due_at(now, pace=pace, hours=hours, is_urgent=is_urgent),
                    message_id=f"<{uuid.uuid4().hex}@{host}>",
                )
            )
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH, ignore_conflicts=True)
    if any(delivery.next_try_at <= now for delivery in deliveries):
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
