"""The gate of one cell: whether it lets its holder take calls of the queue."""

from datetime import date
from enum import StrEnum

from competence.rule.cells import Kind, Requirement
from competence.rule.history import History
from competence.rule.states import OPEN_STATES, State


class Gate(StrEnum):
    """What a gated cell says; whether that is enforced is the queue's mode, not the rule's."""

    OPEN = "open"
    SHUT = "shut"


def gate_of(
    history: History, requirement: Requirement | None, state: State | None, day: date
) -> Gate | None:
    """The gate on ``day``; None where the cell is not gated: “a quality never is”.

    “Open when every gated cell is `current`, `due_soon` or `stale`.”
    """
    if requirement is None or not requirement.gate:
        return None
    if history.cell.competence.kind is Kind.QUALITY:
        return None
    if state not in OPEN_STATES or waits_for_observation(history, day):
        return Gate.SHUT
    return Gate.OPEN


def waits_for_observation(history: History, day: date) -> bool:
    """“Longer than 90 days: a skill's gate also waits for one observation after the return.”

    “The gate after a long leave waits from the return on”; an observation on the day of the return is one after it.
    """
    if history.cell.competence.kind is not Kind.SKILL:
        return False
    returned = history.absences.last_return_from_long_leave(day)
    if returned is None:
        return False
    return not any(returned <= one.on for one in history.seen(day))
