"""How a result is kept, plain JSON and back; and whether its person may see what was right."""

from fractions import Fraction
from typing import Any

from certification.choices import Review
from certification.models import Submission
from certification.rules.scoring import Breakdown, Result


def as_plain(result: Result) -> dict[str, Any]:
    """A result as it is kept: plain JSON, fractions as text."""
    return {
        "asked": result.asked,
        "points": str(result.points),
        "passed": result.passed,
        "waiting": result.waiting,
        "competences": [
            {
                "competence": one.competence,
                "level": one.level,
                "asked": one.asked,
                "points": str(one.points),
                "passed": one.passed,
                "evidence": one.evidence,
                "waiting": one.waiting,
            }
            for one in result.competences
        ],
    }


def breakdowns(result: dict[str, Any]) -> list[Breakdown]:
    """The competences of a kept result."""
    return [
        Breakdown(**(one | {"points": Fraction(one["points"])})) for one in result["competences"]
    ]


def is_waiting(submission: Submission) -> bool:
    """Whether an answer of it still waits for an assessor. ``submission`` is one of ``counting()``."""
    return bool(submission.counted.get("waiting"))


def may_review(submission: Submission) -> bool:
    """Whether its person may see what was right, by the rule of the test as it is now; never before it is judged.

    ``submission`` is one of ``counting()``.
    """
    if is_waiting(submission):
        return False
    rule = submission.attempt.quiz.review
    return rule == Review.SUBMITTED or (rule == Review.PASSED and submission.counted_passed)
