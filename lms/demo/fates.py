"""How the cells of people who are not of the cast stand: most in order, a few not, each for a reason of its own.

A deck of lives is dealt to each team, shuffled: so a line of twenty has about four people who may not take calls now,
whatever the number of people, and a company of a thousand is twenty such lines rather than a heap of exceptions.
"""

import random
from collections.abc import Iterator, Sequence
from enum import StrEnum

from lms.demo.competence_catalogue import PRIVACY


class Fate(StrEnum):
    """How one cell came to where it is."""

    CURRENT = "current"
    DUE_SOON = "due_soon"
    LEARNING = "learning"
    FAILED_TWICE = "failed_twice"
    DECLARATION_ENDED = "declaration_ended"
    PRACTICE_ENDED = "practice_ended"
    NONE = "none"


STEADY: tuple[Fate, ...] = ()
# One life: what is not in order, each in a cell of its own; everything else is current.
DECK: tuple[tuple[Fate, ...], ...] = (
    *(STEADY,) * 11,
    *((Fate.DUE_SOON,),) * 3,
    (Fate.DUE_SOON, Fate.DUE_SOON),
    (Fate.DECLARATION_ENDED,),
    (Fate.DECLARATION_ENDED, Fate.DUE_SOON),
    (Fate.PRACTICE_ENDED,),
    (Fate.FAILED_TWICE,),
    (Fate.LEARNING, Fate.LEARNING, Fate.NONE),
)
# Taught to nobody who talks to customers as an afterthought: its holders are current or renew it.
ALWAYS_HELD = (PRIVACY,)


def lives(rng: random.Random) -> Iterator[tuple[Fate, ...]]:
    """Lives without end, deck after deck, each shuffled."""
    while True:
        yield from rng.sample(DECK, k=len(DECK))


def fates_of(
    life: Sequence[Fate],
    *,
    skills: Sequence[str],
    knowledge: Sequence[str],
    rng: random.Random,
) -> dict[str, Fate]:
    """Which of somebody's cells stand otherwise than ``current``.

    Only a skill can run out of practice; the rest falls on a skill or a knowledge alike.
    """
    free = [name for name in (*skills, *knowledge) if name not in ALWAYS_HELD]
    rng.shuffle(free)
    found: dict[str, Fate] = {}
    for fate in life:
        fits = [name for name in free if fate is not Fate.PRACTICE_ENDED or name in skills]
        if fits:
            found[fits[0]] = fate
            free.remove(fits[0])
    return found
