"""What an article's standing adds to it among its equals: whether readers say it helped, and how fresh it is. Pure.

Both order neighbours only. Readers' word counts for the version they read, for employees and customers apart, and from
several people; freshness is the least of all judgements.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

HELPED = 0.05
"""The most that readers' word adds to a score or takes off it; what use adds is at most six times as much."""

FRESH = 0.02
"""What an article published this moment has over one that is old."""

HALF_LIFE = datetime.timedelta(days=180)

PEOPLE = 3
"""So many readers must have said something of a version."""

SURE = 4.0
"""With so many more who say the same than say the reverse, about half of it is given."""


def helpfulness(helped: int, did_not: int) -> float:
    """From -1 to 1: what readers say of an article, nothing while few have said it."""
    said = helped + did_not
    return (helped - did_not) / (said + SURE) if said >= PEOPLE else 0.0


def freshness(published_at: datetime.datetime | None, at: datetime.datetime) -> float:
    """From 0 to 1: halves in half a year."""
    if published_at is None or published_at > at:
        return 0.0
    return 0.5 ** ((at - published_at) / HALF_LIFE)


@dataclass(frozen=True, slots=True)
class Said:
    """How often an article helped readers of its version in force, and how often not."""

    article: int
    staff: bool
    helped: int
    did_not: int


@dataclass(frozen=True, slots=True)
class Helpful:
    """What readers say, as a process has it at hand."""

    _shares: Mapping[tuple[bool, int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Iterable[Said]) -> "Helpful":
        """Counts, ready to be asked."""
        shares = {
            (row.staff, row.article): helpfulness(row.helped, row.did_not)
            for row in said
            if row.helped + row.did_not >= PEOPLE
        }
        return cls(shares)

    def lift(self, article: int, *, staff: bool) -> float:
        """What readers' word adds to the score of ``article``."""
        return HELPED * self._shares.get((staff, article), 0.0)


def together(
    used: Mapping[int, float],
    helpful: Helpful,
    *,
    staff: bool,
    fresh: Callable[[int], float] = lambda article: 0.0,
) -> Callable[[int], float]:
    """What use, readers' word and freshness add to the score of an article."""

    def lift(article: int) -> float:
        added = used.get(article, 0.0) + helpful.lift(article, staff=staff)
        return added + FRESH * fresh(article)

    return lift
