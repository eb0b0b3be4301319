"""What is known of a cell on a day: late records are not known before, withdrawn events count for no day."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from competence.rule.calendar import add_days, length_in_days
from competence.rule.events import (
    Event,
    ImpossibleEvent,
    Leave,
    Override,
    Suspension,
    Withdrawal,
)
from competence.rule.figures import Figures


def known_events(events: Iterable[Event], known: date) -> tuple[Event, ...]:
    """The events that count for somebody who knows what was recorded through ``known``, by day.

    “From its day on, the cell is judged without it, for every day.” “Events of the same day count in the order
    given”: the sort is stable, so that rows may arrive in any order otherwise. A withdrawal may itself be withdrawn.
    """
    recorded = sorted(
        (event for event in events if event.known_from <= known), key=attrgetter("on")
    )
    withdrawals = [event for event in recorded if isinstance(event, Withdrawal)]
    withdrawn: set[str] = set()
    for withdrawal in reversed(withdrawals):
        if withdrawal.id not in withdrawn:
            withdrawn.add(withdrawal.of)
    return tuple(
        event
        for event in recorded
        if not isinstance(event, Withdrawal) and event.id not in withdrawn
    )


def refuse_impossible(events: Sequence[Event], figures: Figures) -> None:
    """Raise ImpossibleEvent if the events contradict each other or a figure of the rule.

    An override lasts “at most 30 days”, counted like the declaration's 90; a suspension “at most 14 days”, both
    ends counted; a withdrawal names an event of this cell that was recorded by then.
    """
    by_id: dict[str, Event] = {}
    for event in events:
        if event.id is not None and by_id.setdefault(event.id, event) is not event:
            raise ImpossibleEvent(f"two events have the id “{event.id}”")
    for event in events:
        if isinstance(event, Override):
            if event.until > add_days(event.on, figures.override_days):
                raise ImpossibleEvent(f"an override lasts at most {figures.override_days} days")
        elif isinstance(event, Suspension):
            if length_in_days(event.on, event.until) > figures.suspension_days:
                raise ImpossibleEvent(f"a suspension lasts at most {figures.suspension_days} days")
        elif isinstance(event, Withdrawal):
            _refuse_impossible_withdrawal(event, by_id.get(event.of))


def _refuse_impossible_withdrawal(withdrawal: Withdrawal, target: Event | None) -> None:
    if target is None:
        raise ImpossibleEvent(f"there is no event “{withdrawal.of}” to withdraw")
    if target is withdrawal:
        raise ImpossibleEvent("a withdrawal cannot withdraw itself")
    if withdrawal.known_from < target.known_from:
        raise ImpossibleEvent(f"“{withdrawal.of}” is withdrawn before it was recorded")


def leaves_of(events: Iterable[Event]) -> tuple[Leave, ...]:
    """The leaves among ``events`` by their first day; they hold for every day, once known."""
    return tuple(
        sorted((event for event in events if isinstance(event, Leave)), key=attrgetter("first"))
    )
