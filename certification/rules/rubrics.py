"""A rubric: what an assessor gives an open answer, criterion by criterion, and what that makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

LONGEST_COMMENT = 500


@dataclass(frozen=True)
class Criterion:
    """One thing an answer is looked at for; ``anchors`` say what earns how many points, the most first."""

    text: str
    points: int
    anchors: tuple[tuple[int, str], ...]

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Every number of points that can be given, the most first, with its anchor where there is one."""
        said = dict(self.anchors)
        return [(points, said.get(points, "")) for points in range(self.points, -1, -1)]


@dataclass(frozen=True)
class Mark:
    """What an assessor gives for one criterion, and why not all of it. None: not looked at yet."""

    points: int | None
    comment: str = ""


class Fault(StrEnum):
    """Why a mark is none."""

    MISSING = "missing"
    BEYOND = "beyond"
    UNEXPLAINED = "unexplained"
    TOO_LONG = "too_long"


def rubric_of(body: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The criteria in the body of an open question (``certification.kinds.writing``)."""
    return tuple(
        Criterion(
            one["text"],
            one["points"],
            tuple((anchor["points"], anchor["text"]) for anchor in one["anchors"]),
        )
        for one in body["criteria"]
    )


def faults(rubric: Sequence[Criterion], marks: Sequence[Mark]) -> list[tuple[int, Fault]]:
    """What is wrong with ``marks``, each with the place of its criterion; nothing if they judge the answer.

    Less than full points takes a comment: whoever wrote the answer shall learn from it.
    """
    found = []
    for place, criterion in enumerate(rubric):
        mark = marks[place] if place < len(marks) else Mark(None)
        if fault := _fault(criterion, mark):
            found.append((place, fault))
    found += [(place, Fault.BEYOND) for place in range(len(rubric), len(marks))]
    return found


def _fault(criterion: Criterion, mark: Mark) -> Fault | None:
    if mark.points is None:
        return Fault.MISSING
    if not 0 <= mark.points <= criterion.points:
        return Fault.BEYOND
    if mark.points < criterion.points and not mark.comment.strip():
        return Fault.UNEXPLAINED
    return Fault.TOO_LONG if len(mark.comment) > LONGEST_COMMENT else None


def worth(rubric: Sequence[Criterion], marks: Sequence[Mark]) -> Fraction:
    """What an answer with these marks is worth, from 0 to 1: its share of all the points of the rubric."""
    return Fraction(sum(mark.points or 0 for mark in marks), sum(one.points for one in rubric))
