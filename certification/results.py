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
        "competences": [
            {
                "competence": one.competence,
                "level": one.level,
                "asked": one.asked,
                "points": str(one.points),
                "passed": one.passed,
                "evidence": one.evidence,
            }
            for one in result.competences
        ],
    }


def breakdowns(result: dict[str, Any]) -> list[Breakdown]:
    """The competences of a kept result."""
    return [
        Breakdown(**(one | {"points": Fraction(one["points"])})) for one in result["competences"]
    ]


def may_review(submission: Submission) -> bool:
    """Whether its person may see what was right, by the rule of the test as it is now.

    ``submission`` is one of ``counting()``.
    """
    rule = submission.attempt.quiz.review
    return rule == Review.SUBMITTED or (rule == Review.PASSED and submission.counted_passed)
