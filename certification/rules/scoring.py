"""What an attempt was worth: in all, and for each competence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certification.rules.limits import LEAST_QUESTIONS, PASS


@dataclass(frozen=True)
class SlotScore:
    """One question of the paper and what its answer was worth, from 0 to 1; ``waiting`` until an assessor says."""

    competence: int
    level: int
    score: Fraction
    counts: bool = True
    waiting: bool = False


@dataclass(frozen=True)
class Breakdown:
    """One competence of the paper. ``evidence``: there were enough questions for it to say anything.

    While ``waiting`` for an assessor it is neither passed nor failed, whatever the answers that are judged.
    """

    competence: int
    level: int
    asked: int
    points: Fraction
    passed: bool
    evidence: bool
    waiting: bool = False


@dataclass(frozen=True)
class Result:
    """The whole paper: passed where every competence is. ``waiting`` counts the answers nobody has assessed."""

    asked: int
    points: Fraction
    passed: bool
    competences: tuple[Breakdown, ...]
    waiting: int = 0


def score_paper(lines: Sequence[tuple[int, int]], slots: Iterable[SlotScore]) -> Result:
    """Judge the slots of a paper whose blueprint asked for these competences at these levels.

    Questions that only cover a change count in the whole, and never for a competence. A competence is judged once
    all its answers are: what the others say does not wait for an assessor.
    """
    scored = list(slots)
    competences = tuple(_breakdown(competence, level, scored) for competence, level in lines)
    return Result(
        asked=len(scored),
        points=sum((slot.score for slot in scored), Fraction(0)),
        passed=bool(competences) and all(one.passed for one in competences),
        competences=competences,
        waiting=sum(slot.waiting for slot in scored),
    )


def _breakdown(competence: int, level: int, scored: Sequence[SlotScore]) -> Breakdown:
    own = [slot for slot in scored if slot.counts and slot.competence == competence]
    points = sum((slot.score for slot in own), Fraction(0))
    waiting = any(slot.waiting for slot in own)
    return Breakdown(
        competence=competence,
        level=level,
        asked=len(own),
        points=points,
        passed=bool(own) and not waiting and points >= PASS * len(own),
        evidence=len(own) >= LEAST_QUESTIONS and not waiting,
        waiting=waiting,
    )


def needed(asked: int) -> int:
    """How many of ``asked`` must be right, in whole questions."""
    return -(-asked * PASS.numerator // PASS.denominator)
