"""What an attempt was worth: in all, and for each competence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certification.rules.limits import LEAST_QUESTIONS, PASS


@dataclass(frozen=True)
class SlotScore:
    """One question of the paper and what its answer was worth, from 0 to 1."""

    competence: int
    level: int
    score: Fraction
    counts: bool = True


@dataclass(frozen=True)
class Breakdown:
    """One competence of the paper. ``evidence``: there were enough questions for it to say anything."""

    competence: int
    level: int
    asked: int
    points: Fraction
    passed: bool
    evidence: bool


@dataclass(frozen=True)
class Result:
    """The whole paper: passed where every competence is."""

    asked: int
    points: Fraction
    passed: bool
    competences: tuple[Breakdown, ...]


def score_paper(lines: Sequence[tuple[int, int]], slots: Iterable[SlotScore]) -> Result:
    """Judge the slots of a paper whose blueprint asked for these competences at these levels.

    Questions that only cover a change count in the whole, and never for a competence.
    """
    scored = list(slots)
    competences = tuple(_breakdown(competence, level, scored) for competence, level in lines)
    return Result(
        asked=len(scored),
        points=sum((slot.score for slot in scored), Fraction(0)),
        passed=bool(competences) and all(one.passed for one in competences),
        competences=competences,
    )


def _breakdown(competence: int, level: int, scored: Sequence[SlotScore]) -> Breakdown:
    own = [slot.score for slot in scored if slot.counts and slot.competence == competence]
    points = sum(own, Fraction(0))
    return Breakdown(
        competence=competence,
        level=level,
        asked=len(own),
        points=points,
        passed=bool(own) and points >= PASS * len(own),
        evidence=len(own) >= LEAST_QUESTIONS,
    )


def needed(asked: int) -> int:
    """How many of ``asked`` must be right, in whole questions."""
    return -(-asked * PASS.numerator // PASS.denominator)
