"""One mail a day, quiet hours, newer instead of older, a line in a chat."""

import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse

from notifications.models import Channel, Delivery, DeliverySettings, DeliveryState, Notification
from notifications.pacing import Pace
from notifications.services.notifying import notify
from notifications.services.preferences import choose
from notifications.services.sending import LEASE, send_due

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def send(at):
    return send_due(clock=lambda: at)


@pytest.fixture
def wants(viewer_of, greeting):
    """Let a person choose: ``wants(anna, Pace.DIGEST, quiet_from=…)``."""

    def _wants(employee, pace, **wishes):
        choose(
            by=viewer_of(employee),
            paces={greeting.group.key: pace},
            wishes=DeliverySettings(**wishes),
        )

    return _wants


@pytest.fixture
def tell_about(greeting, now):
    """Tell Anna of the state of a thing: ``tell_about(anna, "article:7", number=2)``."""

    def _tell(employee, about, *, number, at=None, is_urgent=False):
        return notify(
            event_key=f"about:{number}",
            kind=greeting.name,
            params={"number": number},
            recipients=[employee],
            now=at or now,
            about=about,
            is_urgent=is_urgent,
        )

    return _tell


def test_a_digest_brings_the_day_together_in_one_mail(tell, anna, now, wants, mailoutbox):
    wants(anna, Pace.DIGEST)
    tell(anna, number=1)
    tell(anna, number=2)

    assert send(now) == 0
    assert send(now + DAY) == 2
    [mail] = mailoutbox
    for number in (1, 2):
        assert f"Секретное имя {number}" in mail.body
        assert f"Секретное имя {number}" in mail.alternatives[0].content
        assert "Секретное" not in mail.subject


def test_the_digest_leaves_out_what_was_taken_back_or_may_not_be_seen_any_more(
    tell, anna, now, wants, greeting, mailoutbox
):
    wants(anna, Pace.DIGEST)
    tell(anna, number=1)
    tell(anna, number=2)
    Notification.objects.filter(event_key="tests:1").update(withdrawn_at=now)

    assert send(now + DAY) == 1
    assert "Секретное имя 1" not in mailoutbox[0].body
    greeting.hidden_from.add(anna.pk)
    tell(anna, number=3, at=now + DAY)
    assert send(now + 2 * DAY) == 0
    assert len(mailoutbox) == 1


def test_a_digest_sent_twice_after_a_kill_keeps_its_message_id(
    tell, anna, now, wants, mailoutbox, monkeypatch
):
    wants(anna, Pace.DIGEST)
    tell(anna, number=1)
    tell(anna, number=2)
    with monkeypatch.context() as patched:
        patched.setattr("notifications.services.sending._finish", _die)
        patched.setattr("notifications.services.sending._put_off", _die)
        with pytest.raises(KeyboardInterrupt):
            send(now + DAY)

    assert send(now + DAY + LEASE) == 2
    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def _die(*args, **kwargs):
    raise KeyboardInterrupt


def test_the_digests_of_two_people_are_two_mails(tell, anna, olga, now, wants, mailoutbox):
    wants(anna, Pace.DIGEST)
    wants(olga, Pace.DIGEST)
    tell(anna, olga)

    send(now + DAY)

    assert sorted(mail.to[0] for mail in mailoutbox) == ["anna@example.test", "olga@example.test"]


def test_a_kind_that_no_app_knows_holds_no_digest_up(tell, anna, now, wants, mailoutbox):
    wants(anna, Pace.DIGEST)
    tell(anna, number=1)
    tell(anna, number=2)
    Notification.objects.filter(event_key="tests:1").update(kind="gone.app")

    assert send(now + DAY) == 1
    assert Delivery.objects.get(notification__kind="gone.app").state == DeliveryState.DEAD


def test_in_quiet_hours_mail_waits_and_the_inbox_does_not(tell, anna, now, wants, mailoutbox):
    clock = now.astimezone(anna.tz)
    hour = datetime.timedelta(hours=1)
    wants(anna, Pace.AT_ONCE, quiet_from=(clock - hour).time(), quiet_until=(clock + hour).time())
    tell(anna)

    assert Notification.objects.count() == 1
    assert send(now) == 0
    assert send(now + hour) == 1


def test_what_is_urgent_breaks_quiet_hours_and_digest(tell_about, anna, now, wants, mailoutbox):
    wants(anna, Pace.DIGEST, quiet_from=datetime.time(0), quiet_until=datetime.time(23, 59))
    tell_about(anna, "outage:1", number=1, is_urgent=True)

    assert send(now) == 1


def test_a_newer_message_takes_the_place_of_one_nobody_opened(tell_about, anna, now, mailoutbox):
    tell_about(anna, "article:7", number=1)
    tell_about(anna, "article:7", number=2)
    tell_about(anna, "article:8", number=3)

    standing = Notification.objects.filter(withdrawn_at__isnull=True)
    assert sorted(standing.values_list("params__number", flat=True)) == [2, 3]
    assert send(now) == 2


def test_an_opened_message_stays_and_the_newer_one_is_mailed(tell_about, anna, now, mailoutbox):
    tell_about(anna, "article:7", number=1)
    send(now)
    Notification.objects.update(read_at=now)

    tell_about(anna, "article:7", number=2)

    assert Notification.objects.filter(withdrawn_at__isnull=True).count() == 2
    assert send(now) == 1


def test_until_it_is_opened_repeated_changes_of_one_thing_send_one_mail(
    tell_about, anna, now, mailoutbox, client_of
):
    tell_about(anna, "article:7", number=1)
    send(now)
    tell_about(anna, "article:7", number=2)

    assert send(now) == 0
    mailed = Notification.objects.get(params__number=1).pk
    answer = client_of(anna).get(reverse("notification_open", args=[mailed]))
    assert answer.status_code == 302
    assert Notification.objects.get(params__number=2).read_at is not None


def test_telling_twice_of_the_same_event_puts_nothing_away(tell_about, anna):
    tell_about(anna, "article:7", number=1)
    tell_about(anna, "article:7", number=1)

    assert Notification.objects.get().withdrawn_at is None


class Chat(BaseHTTPRequestHandler):
    """A chat that takes every message, or, when told so, none."""

    got: list[dict]
    status = 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append(json.loads(body))
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def chat(settings):
    """A chat server on loopback; its address is allowed."""
    handler = type("OneChat", (Chat,), {"got": [], "status": 200})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    handler.address = f"json://127.0.0.1:{server.server_port}/"
    settings.CHATS = [handler.address]
    yield handler
    server.shutdown()
    server.server_close()


def test_a_chat_is_told_that_there_is_something_and_nothing_of_what(
    tell, anna, now, wants, chat, mailoutbox
):
    wants(anna, Pace.AT_ONCE, chat_address=chat.address)
    tell(anna)

    assert send(now) == 2
    [said] = chat.got
    assert said["title"] == "Something new"
    assert "/inbox/" in said["message"]
    assert "Секретное" not in json.dumps(said, ensure_ascii=False)


def test_a_chat_that_fails_is_tried_again_and_does_not_hold_mail_up(
    tell, anna, now, wants, chat, mailoutbox
):
    chat.status = 500
    wants(anna, Pace.AT_ONCE, chat_address=chat.address)
    tell(anna)
    assert send(now) == 1
    assert len(mailoutbox) == 1

    chat.status = 200
    assert send(now + DAY) == 1
    assert Delivery.objects.get(channel=Channel.CHAT).state == DeliveryState.SENT


def test_a_chat_that_is_not_allowed_any_more_is_not_called(
    tell, anna, now, wants, chat, settings, mailoutbox
):
    wants(anna, Pace.AT_ONCE, chat_address=chat.address)
    tell(anna)
    settings.CHATS = []

    send(now)

    assert chat.got == []


@pytest.fixture
def choose_on_screen(client_of, anna, greeting):
    """Post Anna's choices; the answer."""

    def _choose(**fields):
        client = client_of(anna)
        client.cookies["language"] = "en"
        page = client.get("/inbox/preferences/")
        data = {f"pace-{key}": field.initial for key, field in page.context["paces"].fields.items()}
        data |= {"digest_at": "09:00", "quiet_from": "", "quiet_until": "", "chat_address": ""}
        return client.post("/inbox/preferences/", data | fields)

    return _choose


def test_hours_and_pace_are_chosen_on_the_screen(choose_on_screen, anna, greeting):
    answer = choose_on_screen(
        **{f"pace-{greeting.group.key}": "digest", "digest_at": "07:45", "quiet_from": "21:00"},
        quiet_until="08:00",
    )

    assert answer.status_code == 302
    wishes = DeliverySettings.objects.get(employee=anna)
    assert wishes.digest_at == datetime.time(7, 45)
    assert wishes.quiet_until == datetime.time(8)
    assert anna.notification_preferences.get(group=greeting.group.key).pace == Pace.DIGEST


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quiet_from": "21:00"}, "both ends"),
        ({"quiet_from": "x"}, "Enter a valid time"),
        ({"pace-tests.greetings": "hourly"}, "Select a valid choice"),
        ({"digest_at": ""}, "This field is required"),
    ],
)
def test_a_choice_that_cannot_be_is_said_and_nothing_is_kept(choose_on_screen, anna, fields, words):
    answer = choose_on_screen(**fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not DeliverySettings.objects.exists()
    assert not anna.notification_preferences.exists()


def test_only_an_allowed_chat_can_be_named(choose_on_screen, chat):
    refused = choose_on_screen(chat_address="json://169.254.169.254/")
    assert refused.status_code == 422
    assert "not allowed" in refused.content.decode()
    assert choose_on_screen(chat_address=chat.address).status_code == 302


def test_without_a_chat_allowed_the_field_is_not_there(client_of, anna, settings):
    settings.CHATS = []

    page = client_of(anna).get("/inbox/preferences/").content.decode()

    assert "chat_address" not in page
