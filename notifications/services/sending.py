"""Sending what is due: claimed row by row, sent outside of transactions, written down one by one.

Whoever dies between claim and mark leaves a lease that runs out; the mail then goes out again under the
Message-ID it had.
"""

import datetime
import smtplib
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from notifications.extensions import Rendered, UnknownKind, kind_named
from notifications.models import Delivery, DeliveryState
from people.viewer import Viewer

logger = structlog.get_logger(__name__)

LEASE = datetime.timedelta(minutes=5)
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
# After the first, second … failure; after the last one it is given up and an administrator sees it.
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR)
MAX_ATTEMPTS = len(PAUSES) + 1
BATCH = 200
# The server itself does not answer: the others of this run would only wait for the same.
SERVER_AWAY = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPAuthenticationError)
ONE_MAIL_REFUSED = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)


def send_due(*, clock: Callable[[], datetime.datetime] = timezone.now, limit: int = BATCH) -> int:
    """Send up to ``limit`` deliveries that are due, oldest first. How many went out."""
    now = clock()
    due = list(Delivery.objects.due(now).select_related("notification__recipient__user")[:limit])
    if not due:
        return 0
    sent = 0
    connection = get_connection()
    try:
        for delivery in due:
            now = clock()
            if not Delivery.objects.all().take(delivery, now=now, until=now + LEASE):
                continue
            delivery.attempts += 1
            try:
                sent += _send(delivery, connection, now)
            except Exception as error:
                _put_off(delivery, error, now)
                connection.close()
                if isinstance(error, SERVER_AWAY) and not isinstance(error, ONE_MAIL_REFUSED):
                    break
    finally:
        connection.close()
    return sent


def send_again(*, now: datetime.datetime) -> int:
    """Give every delivery that was given up another series of attempts. How many."""
    return Delivery.objects.filter(state=DeliveryState.DEAD).update(
        state=DeliveryState.WAITING, attempts=0, next_try_at=now
    )


def _send(delivery: Delivery, connection: BaseEmailBackend, now: datetime.datetime) -> bool:
    """Send one claimed delivery, if it still has something to say. Whether it went out."""
    notification = delivery.notification
    recipient = notification.recipient
    if delivery.attempts > MAX_ATTEMPTS:
        # Whoever took it died each time, so that no failure could be written down.
        _finish(delivery, DeliveryState.DEAD)
        return False
    viewer = Viewer.of(recipient.user, now)
    rendered = None
    if viewer.employee_id is not None and notification.withdrawn_at is None:
        kind = kind_named(notification.kind)
        with translation.override(recipient.language):
            rendered = kind.render([notification.params], viewer=viewer, at=now)[0]
            if rendered is not None:
                message = _message(delivery, rendered, connection)
    if rendered is None:
        _finish(delivery, DeliveryState.DROPPED)
        return False
    message.send()
    _finish(delivery, DeliveryState.SENT, sent_at=now, error="")
    return True


def _message(
    delivery: Delivery, rendered: Rendered, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The mail, in the language that is active. The link leads through the inbox, which asks again."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    preferences = base + reverse("notification_preferences")
    context = {
        "rendered": rendered,
        "link": base + reverse("notification_open", args=[delivery.notification_id]),
        "preferences": preferences,
        "company": settings.COMPANY_NAME,
        "language": translation.get_language(),
    }
    message = EmailMultiAlternatives(
        subject=rendered.subject,
        body=render_to_string("notifications/mail.txt", context),
        to=[delivery.notification.recipient.user.email],
        connection=connection,
        headers={
            "Message-ID": delivery.message_id,
            "List-Unsubscribe": f"<{preferences}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return message


def _put_off(delivery: Delivery, error: Exception, now: datetime.datetime) -> None:
    """Try again after a pause, or give up. The log gets ids, no words of the mail."""
    given_up = delivery.attempts >= MAX_ATTEMPTS or isinstance(error, UnknownKind)
    logger.warning(
        "mail_not_sent",
        delivery=delivery.pk,
        attempts=delivery.attempts,
        given_up=given_up,
        error=type(error).__name__,
    )
    words = f"{type(error).__name__}: {error}"[:300]
    if given_up:
        _finish(delivery, DeliveryState.DEAD, error=words)
        return
    pause = PAUSES[delivery.attempts - 1]
    _finish(delivery, DeliveryState.WAITING, next_try_at=now + pause, error=words)


def _finish(delivery: Delivery, state: DeliveryState, **changes) -> None:
    """Write down what came of this attempt, unless the lease has run out and somebody else has taken it."""
    Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.TAKEN, attempts=delivery.attempts
    ).update(state=state, leased_until=None, **changes)
