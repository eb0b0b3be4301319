"""Cutting what somebody must show again into papers that can be sat, the highest risk first."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from certification.rules.limits import (
    LEAST_QUESTIONS,
    MOST_COMPETENCES,
    MOST_MINUTES,
    MOST_QUESTIONS,
)

# What a paper of the full thirty questions in forty minutes leaves for each.
SECONDS_PLANNED = MOST_MINUTES * 60 // MOST_QUESTIONS
MINUTES_STEP = 5


@dataclass(frozen=True, kw_only=True)
class Due:
    """A competence to be shown again at a level: ``on`` is the last day of the knowledge held, or was.

    ``risk`` is higher where a mistake costs more; ``changes`` is how many articles of it changed since the person's
    last pass: the paper keeps room for a question about each, and those do not count towards the five.
    """

    competence: int
    level: int
    risk: int
    on: datetime.date
    changes: int = 0

    @property
    def questions(self) -> int:
        """How much room it takes; what changed most of all does not take more than a whole paper."""
        return min(LEAST_QUESTIONS + self.changes, MOST_QUESTIONS)


@dataclass(frozen=True)
class Cut:
    """One paper of a round, the highest risk first."""

    due: tuple[Due, ...]

    @property
    def questions(self) -> int:
        """How many it keeps room for."""
        return sum(one.questions for one in self.due)

    @property
    def minutes(self) -> int:
        """How long it may take, in steps of five minutes."""
        return minutes_for(self.questions)

    @property
    def risk(self) -> int:
        """The highest risk in it."""
        return max(one.risk for one in self.due)

    @property
    def first_due(self) -> datetime.date:
        """The day on which the first of it ends."""
        return min(one.on for one in self.due)

    def has_room(self, due: Due) -> bool:
        """Whether ``due`` fits in as well."""
        return len(self.due) < MOST_COMPETENCES and self.questions + due.questions <= MOST_QUESTIONS


def minutes_for(questions: int) -> int:
    """Minutes for so many questions: the pace of a full paper, rounded up, never more than the most."""
    exact = -(-questions * SECONDS_PLANNED // 60)
    return min(-(-exact // MINUTES_STEP) * MINUTES_STEP, MOST_MINUTES)


def cut(due: Iterable[Due]) -> tuple[Cut, ...]:
    """The papers of a round: each competence once, each in the first paper with room, the highest risk first."""
    papers: list[Cut] = []
    for one in sorted(due, key=lambda one: (-one.risk, one.on, one.competence)):
        place = next((n for n, paper in enumerate(papers) if paper.has_room(one)), None)
        if place is None:
            papers.append(Cut((one,)))
        else:
            papers[place] = Cut((*papers[place].due, one))
    return tuple(papers)
