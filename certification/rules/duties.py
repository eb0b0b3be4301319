"""Where a paper of a round stands, and when its person is reminded of it: read from dates, never kept."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from certification.rules.retakes import Retake

REMINDED_BEFORE = (14, 3, 0)


class Standing(StrEnum):
    """Where a paper stands, and a person by the worst of theirs: the order in which a lead looks at them."""

    LATE = "late"
    FAILED = "failed"
    WAITING = "waiting"
    ON_LEAVE = "on_leave"
    PASSED = "passed"


def standing(
    day: datetime.date,
    today: datetime.date,
    *,
    passed: bool,
    retake: Retake | None = None,
    on_leave: bool = False,
    is_assessed: bool = False,
) -> Standing:
    """Of a paper meant for ``day``: late from the day after it, or from the day after a retake should have been.

    ``retake`` is there if something of it was failed since the campaign was opened, in whichever test. While somebody
    assesses what was handed in (``is_assessed``), nobody is late by that.
    """
    if passed:
        return Standing.PASSED
    if on_leave:
        return Standing.ON_LEAVE
    if is_assessed:
        return Standing.WAITING
    if today > (max(retake.due_day, day) if retake else day):
        return Standing.LATE
    return Standing.FAILED if retake else Standing.WAITING


def worst(standings: Iterable[Standing]) -> Standing:
    """Where a person stands; whoever owes nothing has passed."""
    order = list(Standing)
    return min(standings, key=order.index, default=Standing.PASSED)


def reminder_on(
    today: datetime.date, *, day: datetime.date, opened_on: datetime.date
) -> int | None:
    """Which reminder, by its days before ``day``, has its turn: the last one reached, so that none comes in a heap.

    None before the first and once the day is over: from then on it is the lead's list. None too where the opening of
    the campaign has said the same already.
    """
    left = (day - today).days
    reached = [before for before in REMINDED_BEFORE if 0 <= left <= before]
    if not reached:
        return None
    latest = min(reached)
    return latest if day - datetime.timedelta(days=latest) > opened_on else None
