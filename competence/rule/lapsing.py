"""Whether what is below target got there by date: the search for the last day that reached it."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from competence.rule.calendar import DAY
from competence.rule.cells import Kind
from competence.rule.events import Commission, Override
from competence.rule.history import History
from competence.rule.levels import End, last_day_of_verdict, reach_on


def ended_by_date(history: History, target: int, day: date) -> End | None:
    """How ``target`` ended, if “on the last day that reached it, it ended by date (not by a worse result)”.

    In: a history below ``target`` on ``day``. Out: the end of the last day that reached it, or None where it never did
    or where a second fail, a weaker observation or a verdict took it away before its date.
    A quality “never lapses”.
    """
    if history.cell.competence.kind is Kind.QUALITY:
        return None
    turns = [turn for turn in sorted(level_turns(history)) if turn <= day]
    for begins, next_begins in reversed(list(pairwise(turns))):
        if reach_on(history, begins).level >= target:
            last = next_begins - DAY
            end = reach_on(history, last).end(target)
            return end if end and end.last == last else None
    return None


def last_days(history: History) -> Iterable[date]:
    """Every day that may be the last of a level: of passes, the declaration, observations, verdicts, overrides."""
    for holding in history.knowledge.holdings:
        yield holding.last
    yield from history.last_days_of_observations()
    for verdict in history.of_type(Commission):
        yield last_day_of_verdict(history, verdict)
    for override in history.of_type(Override):
        yield override.until


def level_turns(history: History) -> set[date]:
    """The days on which the level may differ from the day before: days of events, and days after a last day."""
    return {event.on for event in history.events} | {last + DAY for last in last_days(history)}
