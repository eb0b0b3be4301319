"""When a question comes back: the FSRS schedule (open-spaced-repetition, version 6), in whole days."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from fsrs import Card, Rating, Scheduler, State

PER_DAY = 8
"""So many a day: at forty seconds each, five minutes."""

LONGEST = 180
"""A question comes back within half a year, as recertification does."""

# No steps of minutes within a day, and no chance: the same answers give the same days.
_SCHEDULER = Scheduler(
    desired_retention=0.9,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Memory:
    """What the schedule knows of one question: FSRS's stability (days), difficulty (1 to 10); None while unanswered."""

    due_at: datetime.datetime
    stability: float | None = None
    difficulty: float | None = None
    last_at: datetime.datetime | None = None


def rating_of(score: Fraction) -> Rating:
    """FSRS's rating of an answer worth ``score`` (0 to 1): known, half known, forgotten.

    The time it took says nothing here: who is called away in the middle has not forgotten.
    """
    if score == 1:
        return Rating.Good
    return Rating.Hard if score >= Fraction(1, 2) else Rating.Again


def answered(memory: Memory, score: Fraction, now: datetime.datetime) -> Memory:
    """``memory`` after an answer at ``now`` worth ``score``; due a whole number of days later, one at least."""
    utc = datetime.UTC
    is_new = memory.stability is None
    card = Card(
        card_id=1,
        state=State.Learning if is_new else State.Review,
        step=0 if is_new else None,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(utc),
        last_review=memory.last_at.astimezone(utc) if memory.last_at else None,
    )
    card, _log = _SCHEDULER.review_card(card, rating_of(score), now.astimezone(utc))
    return Memory(
        due_at=card.due, stability=card.stability, difficulty=card.difficulty, last_at=now
    )
