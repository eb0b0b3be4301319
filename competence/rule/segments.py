"""Judgements over a span of days, as if nothing new happened: equal days joined into segments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from competence.rule.calendar import DAY, add_days
from competence.rule.cells import Cell
from competence.rule.changes import deadline, is_asked
from competence.rule.events import Change, Suspension
from competence.rule.history import History
from competence.rule.judging import Judgement, judge_day
from competence.rule.lapsing import last_days, level_turns
from competence.rule.leave import return_day


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Days ``first`` to ``last`` on which the judgement is the same; ``judgement.on`` is the first of them."""

    first: date
    last: date
    judgement: Judgement


def segments(cell: Cell, *, known: date, first: date, last: date) -> list[Segment]:
    """What ``cell`` is on each day from ``first`` to ``last``, by what was recorded through ``known``.

    The judgement is made only on days on which it can differ from the day before.
    """
    history = History(cell, known)
    begins = sorted({first} | {turn for turn in _turns(history) if first < turn <= last})
    joined: list[Segment] = []
    for begin, following in zip(begins, [*begins[1:], last + DAY], strict=True):
        judgement = judge_day(history, begin)
        if joined and replace(judgement, on=joined[-1].judgement.on) == joined[-1].judgement:
            joined[-1] = replace(joined[-1], last=following - DAY)
        else:
            joined.append(Segment(first=begin, last=following - DAY, judgement=judgement))
    return joined


def _turns(history: History) -> Iterator[date]:
    """Every day on which anything of a judgement may differ from the day before."""
    yield from level_turns(history)
    for day in last_days(history):
        yield add_days(day, -history.cell.figures.renewal_days)
    for change in history.of_type(Change):
        if is_asked(history):
            yield change.effective_on
            yield deadline(history, change) + DAY
    for suspension in history.of_type(Suspension):
        yield suspension.until + DAY
    for leave in history.absences.leaves:
        yield return_day(leave)
    for requirement in history.cell.requirements:
        if requirement.starts:
            yield requirement.starts
