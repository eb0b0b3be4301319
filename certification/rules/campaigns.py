"""The plan of a campaign: who is due, one round for each, on which day, so that no line loses too many at once.

A round takes in everything that ends within sixty days of the campaign's last day, so that nobody is called
twice in a half-year whichever day they get. Days are handed out from the first one on, to whoever's knowledge
ends first and then by risk: the end of the campaign stays free for those who must try again.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certification.rules.cutting import Cut, Due, cut

REACH_DAYS = 60
# Whoever was hired so shortly before the first day comes with the next campaign.
NEW_FOR_DAYS = 90
# Whoever comes back from leave is not called on their first days if there is another one.
SETTLING_DAYS = 3

Line = int


class Unplaced(StrEnum):
    """Why somebody who is due gets no day."""

    NEW_HERE = "new_here"
    CALLED_ALREADY = "called_already"
    AWAY = "away"
    NO_ROOM = "no_room"


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days of a campaign, both included, and the share of a line, in percent, that may be away at once."""

    first: datetime.date
    last: datetime.date
    percent: int = 10

    @property
    def reach(self) -> datetime.date:
        """The last day on which something may end to be taken in."""
        return self.last + datetime.timedelta(days=REACH_DAYS)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of a line: the days of the campaign on which they work, and what of theirs must be shown again.

    ``returns`` are the days on which they come back from leave; ``called`` says that they have a round this half-year.
    """

    id: int
    line: Line
    days: tuple[datetime.date, ...]
    due: tuple[Due, ...] = ()
    hired_on: datetime.date = datetime.date.min
    returns: tuple[datetime.date, ...] = ()
    called: bool = False


@dataclass(frozen=True)
class Placed:
    """One paper of somebody and its day."""

    paper: Cut
    day: datetime.date

    def comes_too_late(self, first: datetime.date) -> bool:
        """Whether something of it ends between the campaign's first day and the day it is asked."""
        return any(first <= one.on < self.day for one in self.paper.due)


@dataclass(frozen=True)
class Round:
    """Everything that one person is asked in this half-year, in the order of its days."""

    person: int
    line: Line
    papers: tuple[Placed, ...]


@dataclass(frozen=True)
class Plan:
    """Who is asked what on which day, who is not and why, and for how many nothing is due."""

    rounds: tuple[Round, ...] = ()
    unplaced: tuple[tuple[Person, Unplaced], ...] = ()
    not_due: int = 0

    @property
    def papers(self) -> int:
        """How many papers are sat."""
        return sum(len(one.papers) for one in self.rounds)

    @property
    def questions(self) -> int:
        """How many questions are answered."""
        return sum(placed.paper.questions for one in self.rounds for placed in one.papers)

    @property
    def minutes(self) -> int:
        """How many minutes of work all of it takes."""
        return sum(placed.paper.minutes for one in self.rounds for placed in one.papers)

    def by_day(self) -> Mapping[tuple[Line, datetime.date], int]:
        """How many people of each line are called on each day."""
        return Counter(
            key for one in self.rounds for key in {(one.line, placed.day) for placed in one.papers}
        )


def allowance(present: int, percent: int) -> int:
    """How many of ``present`` people may be away at once: the share rounded down, but one in any case."""
    return max(1, present * percent // 100) if present else 0


def plan(people: Iterable[Person], window: Window) -> Plan:
    """The plan for ``people``: all of their lines, also those who owe nothing, since they keep the line going.

    The same people in another order give the same plan.
    """
    people = sorted(people, key=lambda one: one.id)
    due = {one.id: [due for due in one.due if due.on <= window.reach] for one in people}
    owing = [one for one in people if due[one.id]]
    unplaced, callable_ = [], []
    for person in owing:
        reason = _excused(person, window)
        if reason:
            unplaced.append((person, reason))
        else:
            callable_.append((person, cut(due[person.id])))
    room = _Room(people, window.percent)
    rounds = []
    for person, papers in sorted(callable_, key=lambda pair: _turn(*pair, window)):
        days = room.take(person, len(papers))
        if days is None:
            unplaced.append((person, Unplaced.NO_ROOM))
        else:
            placed = tuple(Placed(paper, day) for paper, day in zip(papers, days, strict=True))
            rounds.append(Round(person.id, person.line, placed))
    return Plan(
        tuple(sorted(rounds, key=lambda one: one.person)),
        tuple(sorted(unplaced, key=lambda pair: pair[0].id)),
        len(people) - len(owing),
    )


def _excused(person: Person, window: Window) -> Unplaced | None:
    if person.called:
        return Unplaced.CALLED_ALREADY
    if person.hired_on > window.first - datetime.timedelta(days=NEW_FOR_DAYS):
        return Unplaced.NEW_HERE
    return None if person.days else Unplaced.AWAY


def _turn(person: Person, papers: Sequence[Cut], window: Window) -> tuple:
    """Who chooses a day first: whose time is up first, then who is trusted with the most, then who has few days."""
    ends = max(min(paper.first_due for paper in papers), window.first)
    return (
        min(ends, max(person.days)),
        -max(paper.risk for paper in papers),
        len(person.days),
        person.id,
    )


class _Room:
    """How many of each line are called on each day, and how many may be."""

    def __init__(self, people: Collection[Person], percent: int) -> None:
        present = Counter((one.line, day) for one in people for day in one.days)
        self.left = {key: allowance(count, percent) for key, count in present.items()}

    def take(self, person: Person, papers: int) -> list[datetime.date] | None:
        """Days for so many papers, each its own as far as there is room; None if there is no day at all."""
        free = [day for day in sorted(person.days) if self.left[person.line, day] > 0]
        if not free:
            return None
        settled = [day for day in free if not _settling(person, day)]
        chosen = (settled or free)[:papers]
        for day in chosen:
            self.left[person.line, day] -= 1
        # Two papers on one day cost the line no second person.
        return chosen + [chosen[-1]] * (papers - len(chosen))


def _settling(person: Person, day: datetime.date) -> bool:
    return any(0 <= (day - back).days < SETTLING_DAYS for back in person.returns)
