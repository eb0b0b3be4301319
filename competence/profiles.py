"""Which requirement held for a person when: their positions over time laid over what each position asked for. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from competence.rule.cells import Requirement


@dataclass(frozen=True)
class Held:
    """From a day on, a person holds a position."""

    starts_on: datetime.date
    position_id: int


@dataclass(frozen=True)
class Asked:
    """From a day on, a position asks for a level of one competence; None: for nothing any more."""

    starts_on: datetime.date
    level: int | None
    upper: int | None = None
    queue_id: int | None = None


@dataclass(frozen=True)
class Dated:
    """A requirement of the rule and the queue whose gate it is."""

    requirement: Requirement
    queue_id: int | None = None


def timeline(held: Sequence[Held], asked: dict[int, Sequence[Asked]]) -> tuple[Dated, ...]:
    """What one person's positions required of one competence, from day to day.

    In: the positions held, and by position what it asked for. Out: requirements in order of their first day; empty
    where no position ever asked. “Another position: the same evidence is judged against the new requirement.”
    """
    if not any(asked.get(one.position_id) for one in held):
        return ()
    ordered = sorted(held, key=lambda one: one.starts_on)
    found: list[Dated] = []
    for number, holding in enumerate(ordered):
        following = ordered[number + 1].starts_on if number + 1 < len(ordered) else None
        rows = sorted(asked.get(holding.position_id, ()), key=lambda one: one.starts_on)
        begun = [row for row in rows if row.starts_on <= holding.starts_on]
        ahead = [
            row
            for row in rows
            if row.starts_on > holding.starts_on
            and (following is None or row.starts_on < following)
        ]
        found.append(_dated(begun[-1] if begun else None, holding.starts_on))
        found += [_dated(row, row.starts_on) for row in ahead]
    return tuple(found)


def on_day(dated: Sequence[Dated], day: datetime.date) -> Dated | None:
    """The one of ``dated`` that holds on ``day``; None before the first and where nothing is required."""
    begun = [one for one in dated if one.requirement.starts and one.requirement.starts <= day]
    return begun[-1] if begun and begun[-1].requirement.level is not None else None


def _dated(row: Asked | None, starts_on: datetime.date) -> Dated:
    if row is None or row.level is None:
        return Dated(Requirement(level=None, starts=starts_on))
    return Dated(
        Requirement(
            level=row.level, upper=row.upper, gate=row.queue_id is not None, starts=starts_on
        ),
        row.queue_id,
    )
