"""What happens to notifications. Heard by this app only, after the commit."""

from dataclasses import dataclass

from common.events import Event


@dataclass(frozen=True, kw_only=True)
class DeliveriesWritten(Event):
    """There is something to be sent."""
