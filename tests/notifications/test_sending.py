"""Mail: claimed, sent, written down; what happens when anything of that fails."""

import datetime
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from notifications.models import Delivery, DeliveryState
from notifications.services.sending import LEASE, MAX_ATTEMPTS, send_again, send_due
from people.models import Employee

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def send(at):
    return send_due(clock=lambda: at)


@pytest.fixture
def failing(monkeypatch):
    """The mail server fails from now on, with this error, until ``failing(None)``."""
    send_messages = EmailBackend.send_messages

    def _failing(error):
        def fail(self, messages):
            if error is not None:
                raise error
            return send_messages(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", fail)

    return _failing


def test_what_is_due_goes_out_once(tell, anna, now, mailoutbox):
    tell(anna)

    assert send(now) == 1
    assert send(now + HOUR) == 0
    [mail] = mailoutbox
    assert mail.to == ["anna@example.test"]
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_the_subject_names_nothing_internal_and_the_body_leads_to_the_inbox(
    tell, anna, now, mailoutbox
):
    tell(anna)
    send(now)

    [mail] = mailoutbox
    notification_id = Delivery.objects.get().notification_id
    assert "Секретное" not in mail.subject
    assert "Секретное имя 1" in mail.body
    assert f"/inbox/{notification_id}/" in mail.body
    assert "/inbox/preferences/" in mail.body
    assert "/inbox/preferences/" in mail.extra_headers["List-Unsubscribe"]
    assert mail.alternatives[0].mimetype == "text/html"


@pytest.mark.parametrize(("language", "words"), [("en", "Home"), ("ru", "Главная")])
def test_mail_is_in_the_language_of_its_recipient(tell, anna, now, mailoutbox, language, words):
    Employee.objects.filter(pk=anna.pk).update(language=language)
    tell(anna)
    send(now)

    assert words in mailoutbox[0].body


def test_a_worker_killed_between_claim_and_mark_is_replaced_after_its_lease(
    tell, anna, now, mailoutbox, monkeypatch
):
    tell(anna)
    with monkeypatch.context() as patched:
        # Killed after the server took the mail and before the row says so.
        patched.setattr("notifications.services.sending._finish", _die)
        patched.setattr("notifications.services.sending._put_off", _die)
        with pytest.raises(KeyboardInterrupt):
            send(now)

    assert send(now + LEASE / 2) == 0
    assert send(now + LEASE) == 1
    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert Delivery.objects.get().state == DeliveryState.SENT


def _die(*args, **kwargs):
    raise KeyboardInterrupt


def test_two_senders_do_not_take_the_same_row(tell, anna, now):
    tell(anna)
    seen_by_both = Delivery.objects.get()

    assert Delivery.objects.all().take(seen_by_both, now=now, until=now + LEASE)
    assert not Delivery.objects.all().take(seen_by_both, now=now, until=now + LEASE)


def test_while_the_server_is_away_one_mail_is_tried_and_all_go_out_when_it_is_back(
    tell, anna, olga, now, failing, mailoutbox
):
    tell(anna, olga)
    failing(ConnectionRefusedError("no server"))
    assert send(now) == 0
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 1]

    failing(None)
    assert send(now + HOUR) == 2
    assert len(mailoutbox) == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_an_address_that_is_refused_holds_nobody_up(tell, anna, now, failing, olga):
    tell(anna, olga)
    failing(smtplib.SMTPRecipientsRefused({}))
    send(now)

    assert list(Delivery.objects.values_list("attempts", flat=True)) == [1, 1]


def test_after_the_last_attempt_it_is_given_up_and_an_administrator_starts_it_again(
    tell, anna, now, failing, mailoutbox
):
    tell(anna)
    failing(smtplib.SMTPRecipientsRefused({}))
    for attempt in range(MAX_ATTEMPTS):
        send(now + attempt * 30 * HOUR)
    assert Delivery.objects.get().state == DeliveryState.DEAD

    failing(None)
    later = now + MAX_ATTEMPTS * 30 * HOUR
    assert send(later) == 0
    assert send_again(now=later) == 1
    assert send(later) == 1


def test_what_the_recipient_may_not_see_any_more_is_not_sent(tell, anna, now, greeting, mailoutbox):
    tell(anna)
    greeting.hidden_from.add(anna.pk)

    assert send(now) == 0
    assert mailoutbox == []
    assert Delivery.objects.get().state == DeliveryState.DROPPED


def test_who_leaves_before_it_is_sent_gets_no_mail(tell, anna, now, mailoutbox):
    tell(anna)
    Employee.objects.filter(pk=anna.pk).update(
        left_on=timezone.localdate() - datetime.timedelta(days=1)
    )

    assert send(now) == 0
    assert mailoutbox == []
