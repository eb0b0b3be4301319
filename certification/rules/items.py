"""What answers say of a question: how hard it is, whether it tells people apart, what its choices are good for.

Facility is the mean score, from 0 to 1. Discrimination is the corrected item-total correlation: Pearson's correlation
between the score on the question and the share of points on the rest of the same paper, the question itself left out
(with scores of 0 and 1: the corrected point-biserial; Henrysson 1963, "Correction of item-total correlations in item
analysis", Psychometrika 28, 211-218). A share, since papers differ in length. Of each person the first answer to the
question counts: whoever sits it again knows it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from statistics import median_low

LEAST_PEOPLE = 10  # fewer, and nothing is said but how many there were
LEAST_FOR_DISCRIMINATION = 20  # a correlation of fewer is noise
BEYOND_CHANCE = (
    2  # standard errors of a correlation of nothing, 1/√people, below which it is negative
)
TOO_EASY = Fraction(95, 100)
TOO_HARD = Fraction(30, 100)
DEAD = Fraction(5, 100)  # of the wrong answers
WRONG_PER_DISTRACTOR = 3  # so many wrong answers for each distractor, or an empty one may be chance


class Weakness(StrEnum):
    """Why somebody should look at a question."""

    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    NEGATIVE = "negative"
    BEATS_KEY = "beats_key"
    DEAD = "dead"


@dataclass(frozen=True)
class Option:
    """One of the choices that an answer can be counted by."""

    text: str
    right: bool


@dataclass(frozen=True)
class Answer:
    """One answer: its score from 0 to 1, the share of points on the rest of the paper, and what was chosen."""

    person: int
    score: Fraction
    rest: Fraction | None = None
    chosen: tuple[str, ...] = ()
    seconds: int | None = None


@dataclass(frozen=True)
class Rate:
    """How many chose an option."""

    option: Option
    chosen: int
    share: Fraction


@dataclass(frozen=True)
class Flag:
    """A weakness, and the option it is about where it is about one."""

    weakness: Weakness
    option: str = ""


@dataclass(frozen=True)
class Item:
    """What is known of a question. Figures are missing where there are too few people to say them."""

    people: int
    facility: Fraction | None = None
    discrimination: float | None = None
    seconds: int | None = None
    rates: tuple[Rate, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there are enough people to say anything."""
        return self.people >= LEAST_PEOPLE


def analyse(answers: Iterable[Answer], options: Sequence[Option] = ()) -> Item:
    """What ``answers``, in the order in which they were given, say of a question with these ``options``."""
    first: dict[int, Answer] = {}
    for answer in answers:
        first.setdefault(answer.person, answer)
    counted = list(first.values())
    if len(counted) < LEAST_PEOPLE:
        return Item(people=len(counted))
    facility = sum((one.score for one in counted), Fraction(0)) / len(counted)
    discrimination = correlation(
        [(float(one.score), float(one.rest)) for one in counted if one.rest is not None]
    )
    rates = _rates(counted, options)
    wrong = sum(one.score < 1 for one in counted)
    times = [one.seconds for one in counted if one.seconds is not None]
    return Item(
        people=len(counted),
        facility=facility,
        discrimination=discrimination,
        seconds=median_low(times) if len(times) >= LEAST_PEOPLE else None,
        rates=rates,
        flags=tuple(_flags(len(counted), facility, discrimination, rates, wrong)),
    )


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation of ``pairs``; None for too few of them, or where one side is the same for everybody."""
    if len(pairs) < LEAST_FOR_DISCRIMINATION:
        return None
    xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread_x = sum((x - mean_x) ** 2 for x in xs)
    spread_y = sum((y - mean_y) ** 2 for y in ys)
    scale = sqrt(spread_x * spread_y)
    if scale < 1e-12:
        return None
    together = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    return max(-1.0, min(1.0, together / scale))


def _rates(counted: Sequence[Answer], options: Sequence[Option]) -> tuple[Rate, ...]:
    chosen = Counter(text for one in counted for text in set(one.chosen))
    return tuple(
        Rate(option, chosen[option.text], Fraction(chosen[option.text], len(counted)))
        for option in options
    )


def _flags(
    people: int,
    facility: Fraction,
    discrimination: float | None,
    rates: Sequence[Rate],
    wrong: int,
) -> Iterable[Flag]:
    """The worst first: what harms people, then what only wastes their time."""
    if discrimination is not None and discrimination < -BEYOND_CHANCE / sqrt(people):
        yield Flag(Weakness.NEGATIVE)
    keys = [one.chosen for one in rates if one.option.right]
    distractors = [one for one in rates if not one.option.right]
    for one in distractors:
        if keys and one.chosen > min(keys):
            yield Flag(Weakness.BEATS_KEY, one.option.text)
    if facility < TOO_HARD:
        yield Flag(Weakness.TOO_HARD)
    if facility > TOO_EASY:
        yield Flag(Weakness.TOO_EASY)
    if wrong >= WRONG_PER_DISTRACTOR * len(distractors):
        for one in distractors:
            if one.chosen < DEAD * wrong:
                yield Flag(Weakness.DEAD, one.option.text)


def seconds_of(start: float, saves: Iterable[tuple[int, float]]) -> dict[int, int]:
    """By question the whole seconds that led to its saves, of ``saves`` as question and moment, in order.

    What passes between two saves belongs to the question that is saved; coming back to one adds to it.
    """
    spent: dict[int, float] = {}
    before = start
    for slot, moment in saves:
        spent[slot] = spent.get(slot, 0.0) + max(0.0, moment - before)
        before = max(before, moment)
    return {slot: int(seconds) for slot, seconds in spent.items()}
