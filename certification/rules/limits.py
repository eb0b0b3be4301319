"""What a paper may ask of somebody, and when it says anything of a competence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

PASS = Fraction(4, 5)
LEAST_QUESTIONS = 5  # of a competence, or the paper is no evidence for it
MOST_COMPETENCES = 6
MOST_QUESTIONS = 30
MOST_MINUTES = 40
HIGHEST_LEVEL = 3  # no quiz shows more than knowledge does
SECONDS_PER_QUESTION = 40  # less than this is a race, and says so to the author


@dataclass(frozen=True)
class Line:
    """So many questions of a competence at a level."""

    competence: int
    level: int
    count: int


class Remark(StrEnum):
    """What an author is told of a blueprint."""

    NO_LINES = "no_lines"
    TOO_MANY_COMPETENCES = "too_many_competences"
    TOO_MANY_QUESTIONS = "too_many_questions"
    TOO_MANY_MINUTES = "too_many_minutes"
    COMPETENCE_TWICE = "competence_twice"
    NO_EVIDENCE = "no_evidence"
    A_RACE = "a_race"


REFUSED = frozenset(
    {
        Remark.NO_LINES,
        Remark.TOO_MANY_COMPETENCES,
        Remark.TOO_MANY_QUESTIONS,
        Remark.TOO_MANY_MINUTES,
        Remark.COMPETENCE_TWICE,
    }
)


def remarks(lines: Sequence[Line], minutes: int) -> list[Remark]:
    """What is to be said of a blueprint: refusals first, then what is allowed but should be known."""
    found = []
    competences = Counter(line.competence for line in lines)
    total = sum(line.count for line in lines)
    if not lines:
        found.append(Remark.NO_LINES)
    if len(competences) > MOST_COMPETENCES:
        found.append(Remark.TOO_MANY_COMPETENCES)
    if total > MOST_QUESTIONS:
        found.append(Remark.TOO_MANY_QUESTIONS)
    if minutes > MOST_MINUTES:
        found.append(Remark.TOO_MANY_MINUTES)
    if any(count > 1 for count in competences.values()):
        found.append(Remark.COMPETENCE_TWICE)
    if any(line.count < LEAST_QUESTIONS for line in lines):
        found.append(Remark.NO_EVIDENCE)
    if lines and minutes * 60 < total * SECONDS_PER_QUESTION:
        found.append(Remark.A_RACE)
    return found
