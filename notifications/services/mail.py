"""What a mail looks like: of one message, or of all that a digest brings together."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.extensions import Rendered
from notifications.models import Delivery


def inbox_link(delivery: Delivery) -> str:
    """The address that leads through the inbox, which asks again what may be seen."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return base + reverse("notification_open", args=[delivery.notification_id])


def of_one(
    delivery: Delivery, rendered: Rendered, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The mail of one message, in the language that is active."""
    context = {"rendered": rendered, "link": inbox_link(delivery)}
    message = _message(delivery, rendered.subject, "mail", context, connection)
    _attach(message, [rendered])
    return message


def of_many(
    said: Sequence[tuple[Delivery, Rendered]], connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The digest, in the language that is active; known by the Message-ID of its first message."""
    subject = _("What is new for you today")
    items = [(rendered, inbox_link(delivery)) for delivery, rendered in said]
    context = {"items": items, "subject": subject}
    message = _message(said[0][0], subject, "digest", context, connection)
    _attach(message, [rendered for _delivery, rendered in said])
    return message


def _attach(message: EmailMultiAlternatives, said: Sequence[Rendered]) -> None:
    for rendered in said:
        if rendered.attach is not None:
            file = rendered.attach()
            message.attach(file.name, file.content, file.mimetype)


def _message(
    delivery: Delivery, subject: str, template: str, context: dict, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context |= {
        "preferences": base + reverse("notification_preferences"),
        "company": settings.COMPANY_NAME,
        "language": translation.get_language(),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"notifications/{template}.txt", context),
        to=[delivery.notification.recipient.user.email],
        connection=connection,
        headers={
            "Message-ID": delivery.message_id,
            "List-Unsubscribe": f"<{context['preferences']}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    html = render_to_string(f"notifications/{template}.html", context)
    message.attach_alternative(html, "text/html")
    return message
