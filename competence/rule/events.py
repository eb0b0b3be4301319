"""What can happen to a cell: one class per type of event, each refusing values that cannot be.

Personal free text (a reason, a comment) is not here: the rule judges days, levels and ratings.
"""

from dataclasses import dataclass
from datetime import date

HIGHEST_LEVEL = 4


class ImpossibleEvent(ValueError):
    """An event holds a value that cannot be; the message is a clause to show after where it stands."""


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ImpossibleEvent(sentence)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened on a local day; known from the day it was recorded."""

    on: date
    id: str | None = None
    recorded: date | None = None

    def __post_init__(self) -> None:
        _require(self.known_from >= self.on, "it is recorded before its own day")

    @property
    def known_from(self) -> date:
        """The first day on which somebody could know of it: its own day, unless it was recorded late."""
        return self.recorded or self.on


@dataclass(frozen=True, kw_only=True)
class Quiz(Event):
    """A full quiz at a level. ``valid_months`` is the validity in force when it was recorded, if it was another."""

    level: int
    passed: bool
    covers_changes: bool = False
    valid_months: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(1 <= self.level <= HIGHEST_LEVEL, f"level {self.level} is none a quiz can have")


@dataclass(frozen=True, kw_only=True)
class Observation(Event):
    """A rating of practice by mentor, lead or reviewer; ``call`` names the call, ticket or chat, if there is one."""

    rating: int
    rater: str | None = None
    call: str | None = None
    valid_months: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(0 <= self.rating <= HIGHEST_LEVEL, f"rating {self.rating} is not from 0 to 4")


@dataclass(frozen=True, kw_only=True)
class Calibration(Event):
    """The rating agreed on for a call that was rated."""

    call: str
    rating: int

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(0 <= self.rating <= HIGHEST_LEVEL, f"rating {self.rating} is not from 0 to 4")


@dataclass(frozen=True, kw_only=True)
class Change(Event):
    """A material change of an article, published ``on`` this day, to hold from a day of its own or at once."""

    effective: date | None = None

    @property
    def effective_on(self) -> date:
        """“The later of publication and the date given”."""
        return max(self.on, self.effective or self.on)


@dataclass(frozen=True, kw_only=True)
class Check(Event):
    """A micro-recertification passed, or the version confirmed."""


@dataclass(frozen=True, kw_only=True)
class Progress(Event):
    """A lesson, attendance, practice quiz or external course."""


@dataclass(frozen=True, kw_only=True)
class OutsideRating(Event):
    """A rating by oneself, a peer or a customer: shown beside the level, never part of it."""

    rating: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(
            self.rating is None or 0 <= self.rating <= HIGHEST_LEVEL,
            f"rating {self.rating} is not from 0 to 4",
        )


@dataclass(frozen=True, kw_only=True)
class Declared(Event):
    """A level declared by the lead at the start, so that a department can begin."""

    level: int

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(0 <= self.level <= HIGHEST_LEVEL, f"level {self.level} is not from 0 to 4")


@dataclass(frozen=True, kw_only=True)
class Commission(Event):
    """The verdict of a commission of two people, up or down; the only way to 4."""

    level: int

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(0 <= self.level <= HIGHEST_LEVEL, f"level {self.level} is not from 0 to 4")


@dataclass(frozen=True, kw_only=True)
class Override(Event):
    """Raises the cell to a level through a last day, by name and with a reason."""

    level: int
    until: date

    def __post_init__(self) -> None:
        super().__post_init__()
        # The commission is the only way to 4.
        _require(
            1 <= self.level < HIGHEST_LEVEL,
            f"level {self.level} is none an override can raise to (1 to 3)",
        )
        _require(self.until >= self.on, "it ends before it begins")


@dataclass(frozen=True, kw_only=True)
class Leave(Event):
    """An absence from ``first`` to ``last``, both inclusive; ``on`` is the day it was recorded."""

    first: date
    last: date

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(self.last >= self.first, "it ends before it begins")


@dataclass(frozen=True, kw_only=True)
class Suspension(Event):
    """Nobody may, from ``on`` through ``until``: by a named person, with a reason."""

    until: date

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(self.until >= self.on, "it ends before it begins")


@dataclass(frozen=True, kw_only=True)
class Withdrawal(Event):
    """Takes back the event whose id is ``of``."""

    of: str
