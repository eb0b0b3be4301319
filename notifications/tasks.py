"""Background work of notifications: sending what is due."""

from celery import shared_task
from django.utils import timezone

from notifications.services.sending import send_due


@shared_task(name="notifications.send_due_mail", ignore_result=True)
def send_due_mail() -> int:
    """Send the mail that is due; safe beside another one that does the same."""
    return send_due(clock=timezone.now)
