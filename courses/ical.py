"""Sessions as iCalendar: the file beside a mail, and the calendar somebody subscribes to."""

import datetime
from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress, vText

from courses.models import TheorySession

# The product that wrote the file; calendars show it to nobody.
PRODUCT = "-//Opora//Theory sessions//RU"


def calendar_of(sessions: Iterable[TheorySession], *, name: str = "", method: str = "") -> bytes:
    """``sessions``, with their trainer, as one calendar; ``method`` for a file that goes with a mail."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for session in sessions:
        calendar.add_component(_event(session))
    return calendar.to_ical()


def _event(session: TheorySession) -> Event:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    address = base + reverse("theory_session", args=[session.pk])
    event = Event()
    # The same name through every move, so that a calendar moves the entry and makes no second one.
    host = urlsplit(base).hostname or "localhost"
    event.add("uid", f"theory-{session.series}-{session.number}@{host}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed_at.astimezone(datetime.UTC))
    event.add("dtstart", session.starts_at.astimezone(datetime.UTC))
    event.add("dtend", session.ends_at.astimezone(datetime.UTC))
    event.add("summary", session.title)
    event.add("status", "CONFIRMED" if session.is_planned else "CANCELLED")
    event.add("url", address)
    if place := session.room or session.link:
        event.add("location", place)
    lines = [f"{session.get_kind_display()}, {session.trainer}", session.link, session.about]
    event.add("description", "\n".join([line for line in lines if line] + [address]))
    # The house invites: nobody's own address goes out with it.
    sender_name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{sender}")
    organizer.params["cn"] = vText(sender_name or settings.COMPANY_NAME)
    event.add("organizer", organizer)
    return event
