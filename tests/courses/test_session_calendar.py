"""Sessions in a calendar: a secret address with the rights of its owner at each reading, and a file beside the mail."""

import datetime
import uuid

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from courses.choices import SessionKind
from courses.services.inviting import invite
from courses.services.scheduling import SessionDraft, cancel, schedule
from courses.services.subscribing import end_feed, make_feed
from notifications.services.sending import send_due

pytestmark = pytest.mark.django_db

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def that_monday(now):
    """The site's clock stands at ``now``."""
    with time_machine.travel(now, tick=False) as clock:
        yield clock


@pytest.fixture
def session(ilya, anna, now):
    """Two days ahead; Anna is invited."""
    draft = SessionDraft(
        title="Коды ошибок; 488, 403",
        kind=SessionKind.WEBINAR,
        trainer=ilya,
        starts_at=now + DAY * 2,
        ends_at=now + DAY * 2 + HOUR,
        link="https://call.example.test/488",
    )
    [made] = schedule(draft=draft, key=uuid.uuid4(), by=ilya.user, now=now)
    invite(session=made, employees=[anna], now=now)
    return made


def events_at(client, secret: str) -> list:
    """The events that an address answers with."""
    reply = client.get(reverse("calendar_feed", args=[secret]))
    assert reply.status_code == 200
    assert reply["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(reply.content).walk("VEVENT"))


def test_the_address_reads_without_signing_in_and_holds_ones_own_sessions(
    client, session, anna, olga, now
):
    [event] = events_at(client, make_feed(employee=anna, now=now))

    assert str(event["summary"]) == "Коды ошибок; 488, 403"
    assert event.decoded("dtstart") == session.starts_at
    assert events_at(client, make_feed(employee=olga, now=now)) == []


def test_a_session_called_off_says_so_under_the_same_name(client, session, anna, ilya, now):
    secret = make_feed(employee=anna, now=now)
    [before] = events_at(client, secret)

    cancel(session=session, reason="Сбой", by=ilya.user, now=now)

    [after] = events_at(client, secret)
    assert after["uid"] == before["uid"]
    assert str(after["status"]) == "CANCELLED"
    assert int(after["sequence"]) > int(before["sequence"])


def test_a_new_address_ends_the_old_one_and_who_left_has_none(client, session, anna, now):
    old = make_feed(employee=anna, now=now)
    new = make_feed(employee=anna, now=now)
    assert client.get(reverse("calendar_feed", args=[old])).status_code == 404

    anna.left_on = now.date() - DAY
    anna.save()
    assert client.get(reverse("calendar_feed", args=[new])).status_code == 404

    end_feed(employee=anna)
    assert client.get(reverse("calendar_feed", args=[new])).status_code == 404


def test_the_address_is_shown_once_and_kept_as_a_hash(client_of, anna):
    client = client_of(anna)
    url = reverse("theory_calendar")

    made = client.post(url, {"act": "make"})
    address = made.context["address"]
    secret = address.rpartition("/")[2].removesuffix(".ics")

    assert secret not in client.get(url).content.decode()
    assert anna.calendar_feed.secret_sha256 != secret
    client.post(url, {"act": "end"})
    assert client.get(reverse("calendar_feed", args=[secret])).status_code == 404


def test_the_mail_of_an_invitation_carries_the_file(session, anna, now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_due(clock=lambda: now + HOUR * 24)

    [letter] = [one for one in mail.outbox if one.to == [anna.user.email]]
    [(name, content, kind)] = [(*one,) for one in letter.attachments]

    assert (name, kind) == (f"session-{session.pk}.ics", "text/calendar")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtstart") == session.starts_at
    assert anna.user.email not in str(event)
