"""The doorbell: what has been written is sent at once; the sweep does the same if nobody rings."""

from common.events import subscribe
from notifications.events import DeliveriesWritten
from notifications.tasks import send_due_mail


def ring(event: DeliveriesWritten) -> None:
    """Wake the sender."""
    send_due_mail.delay()


def connect() -> None:
    """Connect the receivers; called once the models are ready."""
    subscribe(DeliveriesWritten, ring)
