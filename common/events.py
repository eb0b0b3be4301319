"""Domain events: how an app tells the apps above it that something has happened.

An event is a frozen dataclass in its sender's ``events.py``, named in the past tense, carrying ids and
dates only. Receivers are connected in ``AppConfig.ready()`` and call one service of their own app.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction

logger = structlog.get_logger(__name__)

Receiver = Callable[[Any], None]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that has happened. Subclasses add ids and dates."""


_after_commit: dict[type[Event], list[Receiver]] = defaultdict(list)
_in_transaction: dict[type[Event], list[Receiver]] = defaultdict(list)


def subscribe(event_type: type[Event], receiver: Receiver, *, in_transaction: bool = False) -> None:
    """Connect ``receiver`` to ``event_type``; connecting it twice is the same as once.

    By default it runs after the sender's commit, isolated: its failure is logged and hurts nobody, and a
    sweep of the receiving app repairs what it missed. With ``in_transaction`` it runs inside the sender's
    transaction and its failure rolls the change back: only for writing a row of the receiver's own app
    that must exist exactly when the change does.
    """
    receivers = (_in_transaction if in_transaction else _after_commit)[event_type]
    if receiver not in receivers:
        receivers.append(receiver)


def unsubscribe(event_type: type[Event], receiver: Receiver) -> None:
    """Disconnect ``receiver`` from ``event_type`` in both manners; unknown receivers are ignored."""
    for registry in (_in_transaction, _after_commit):
        if receiver in registry[event_type]:
            registry[event_type].remove(receiver)


def emit(event: Event) -> None:
    """Tell the receivers of ``event``: those inside the transaction now, the others after its commit."""
    for receiver in list(_in_transaction[type(event)]):
        receiver(event)
    for receiver in list(_after_commit[type(event)]):
        transaction.on_commit(lambda receiver=receiver: _deliver(receiver, event))


def _deliver(receiver: Receiver, event: Event) -> None:
    try:
        receiver(event)
    except Exception:
        logger.exception(
            "event_receiver_failed", event_type=type(event).__name__, receiver=repr(receiver)
        )
