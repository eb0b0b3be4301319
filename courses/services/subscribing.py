"""The secret address of somebody's calendar: made, told once, replaced, taken away."""

import datetime
import hashlib
import secrets

from django.db import transaction

from courses.models import CalendarFeed
from people.models import Employee


def hashed(secret: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, employee: Employee, now: datetime.datetime) -> str:
    """A new address for the calendar of ``employee``, told here and never again; the old one ends."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        employee=employee, defaults={"secret_sha256": hashed(secret), "made_at": now}
    )
    return secret


def end_feed(*, employee: Employee) -> bool:
    """The address answers no more; whether there was one."""
    deleted, _rows = CalendarFeed.objects.filter(employee=employee).delete()
    return bool(deleted)
