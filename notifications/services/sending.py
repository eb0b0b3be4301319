"""Sending what is due: claimed row by row, sent outside of transactions, written down one by one.

Whoever dies between claim and mark leaves a lease that runs out; the mail then goes out again under the
Message-ID it had. A digest is the rows of one person that are due together: each is claimed for itself.
"""

import datetime
import smtplib
from collections.abc import Callable, Iterable, Iterator

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from notifications.extensions import Rendered, UnknownKind, kind_named
from notifications.models import Channel, Delivery, DeliveryState
from notifications.services import mail
from notifications.services.chat import send_line
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
    due = list(
        Delivery.objects.due(clock()).select_related(
            "notification__recipient__user", "notification__recipient__delivery_settings"
        )[:limit]
    )
    if not due:
        return 0
    sent = 0
    connection = get_connection()
    mail_is_away = False
    try:
        for together in _letters(due):
            is_mail = together[0].channel == Channel.EMAIL
            if is_mail and mail_is_away:
                continue
            now = clock()
            taken = [row for row in together if _take(row, now)]
            try:
                sent += _send(taken, connection, now)
            except Exception as error:
                for delivery in taken:
                    _put_off(delivery, error, now)
                connection.close()
                mail_is_away = is_mail and _is_server_away(error)
    finally:
        connection.close()
    return sent


def send_again(*, now: datetime.datetime) -> int:
    """Give every delivery that was given up another series of attempts. How many."""
    return Delivery.objects.filter(state=DeliveryState.DEAD).update(
        state=DeliveryState.WAITING, attempts=0, next_try_at=now
    )


def _letters(due: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    """What goes out together: the digest of each person, everything else by itself."""
    digests: dict[int, list[Delivery]] = {}
    for delivery in due:
        if not delivery.in_digest:
            yield [delivery]
        else:
            digests.setdefault(delivery.notification.recipient_id, []).append(delivery)
    yield from digests.values()


def _take(delivery: Delivery, now: datetime.datetime) -> bool:
    """Claim one row as it was read; False if somebody else has, or if all who took it died."""
    if not Delivery.objects.all().take(delivery, now=now, until=now + LEASE):
        return False
    delivery.attempts += 1
    if delivery.attempts > MAX_ATTEMPTS:
        # Whoever took it died each time, so that no failure could be written down.
        _finish(delivery, DeliveryState.DEAD)
        return False
    return True


def _send(taken: list[Delivery], connection: BaseEmailBackend, now: datetime.datetime) -> int:
    """Send claimed deliveries of one person by one channel, those that still say something. How many did."""
    if not taken:
        return 0
    recipient = taken[0].notification.recipient
    with translation.override(recipient.language):
        said, silent = _said(taken, now)
        for delivery in silent:
            _finish(delivery, DeliveryState.DROPPED)
        if not said:
            return 0
        if taken[0].channel == Channel.CHAT:
            [(delivery, rendered)] = said
            address = recipient.delivery_settings.chat_address
            send_line(address=address, rendered=rendered, link=mail.inbox_link(delivery))
        elif taken[0].in_digest:
            mail.of_many(said, connection).send()
        else:
            mail.of_one(*said[0], connection).send()
    for delivery, _rendered in said:
        _finish(delivery, DeliveryState.SENT, sent_at=now, error="")
    return len(said)


def _said(
    taken: list[Delivery], now: datetime.datetime
) -> tuple[list[tuple[Delivery, Rendered]], list[Delivery]]:
    """What each says to its recipient now, and those that say nothing any more."""
    viewer = Viewer.of(taken[0].notification.recipient.user, now)
    said, silent = [], []
    for delivery in taken:
        notification = delivery.notification
        rendered = None
        if viewer.employee_id is not None and notification.withdrawn_at is None:
            try:
                kind = kind_named(notification.kind)
            except UnknownKind as error:
                _put_off(delivery, error, now)
                continue
            rendered = kind.render([notification.params], viewer=viewer, at=now)[0]
        if rendered is None:
            silent.append(delivery)
        else:
            said.append((delivery, rendered))
    return said, silent


def _is_server_away(error: Exception) -> bool:
    return isinstance(error, SERVER_AWAY) and not isinstance(error, ONE_MAIL_REFUSED)


def _put_off(delivery: Delivery, error: Exception, now: datetime.datetime) -> None:
    """Try again after a pause, or give up. The log gets ids, no words of the message."""
    given_up = delivery.attempts >= MAX_ATTEMPTS or isinstance(error, UnknownKind)
    logger.warning(
        "message_not_sent",
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
