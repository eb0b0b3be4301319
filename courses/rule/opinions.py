"""What people thought of a session, said only where nobody can be told apart by it."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 3
OPEN_FOR = datetime.timedelta(days=14)


def is_open(ended_at: datetime.datetime, now: datetime.datetime) -> bool:
    """Opinions are taken from the end of a session on, for two weeks."""
    return ended_at <= now < ended_at + OPEN_FOR


@dataclass(frozen=True)
class Opinions:
    """How many found it how useful, from the best; ``words`` belong to nobody."""

    answers: int
    useful: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


def summed_up(
    ratings: Sequence[int], words: Sequence[str], *, of: Sequence[int]
) -> Opinions | None:
    """The opinions together; None below three answers, which would be somebody's own. Words in the order of letters."""
    if len(ratings) < ENOUGH:
        return None
    counted = Counter(ratings)
    useful = tuple((rating, counted[rating]) for rating in sorted(of, reverse=True))
    return Opinions(len(ratings), useful, tuple(sorted(one for one in words if one.strip())))
