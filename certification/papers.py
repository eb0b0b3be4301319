"""A frozen paper: how questions are laid out for one attempt, what of it may be shown, and what it is worth.

The paper is plain JSON and says everything the attempt needs ever after: what was asked in which words and order,
and what is right. Only ``shown`` and what stands beside it in ``Sheet`` may leave the server before the review.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds import kind_of
from certification.rules.rescoring import Remedy
from certification.rules.scoring import Result, SlotScore, score_paper

FORMAT = 1
Answers = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """One question as the person gets it: never with what is right."""

    slot: int
    kind: str
    text: str
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Reviewed:
    """One question after the attempt: what was answered and what is right."""

    slot: int
    text: str
    score: Fraction
    told: Sequence[str]
    expected: Sequence[str]
    explanation: str
    article: str
    number: int | None

    @property
    def missed(self) -> bool:
        """Not answered fully right."""
        return self.score < 1


def freeze(
    *,
    lines: Sequence[tuple[int, int]],
    questions: Sequence[Mapping[str, Any]],
    seed: int,
) -> dict[str, Any]:
    """The paper of ``questions``, each with kind, text, body and what it rests on, laid out from ``seed``."""
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    slots = []
    for question in questions:
        laid_out = kind_of(question["kind"]).present(question["body"], rng)
        slots.append({**question, "shown": dict(laid_out.shown), "keys": dict(laid_out.keys)})
    return {"format": FORMAT, "lines": [list(line) for line in lines], "slots": slots}


def slot_count(paper: Mapping[str, Any]) -> int:
    """How many questions there are."""
    return len(paper["slots"])


def sheet(paper: Mapping[str, Any], slot: int) -> Sheet:
    """Question ``slot``, counted from 1. Raises IndexError for one that is not there."""
    asked = _asked(paper, slot)
    return Sheet(slot=slot, kind=asked["kind"], text=asked["text"], shown=asked["shown"])


def read(paper: Mapping[str, Any], slot: int, given: Sequence[str]) -> list[str]:
    """An answer in the form that is kept. Raises IndexError, NotAnAnswer."""
    asked = _asked(paper, slot)
    return kind_of(asked["kind"]).read(asked["body"], asked["keys"], given)


def score(
    paper: Mapping[str, Any], answers: Answers, *, suspended: Mapping[int, Remedy] | None = None
) -> tuple[list[Fraction], Result]:
    """What each question and the whole paper were worth; of ``suspended`` ones, by slot, what the remedy says."""
    remedies = suspended or {}
    scores = []
    for number, asked in enumerate(paper["slots"], start=1):
        given = answers.get(number, ())
        kind = kind_of(asked["kind"])
        worth = kind.score(asked["body"], asked["keys"], given) if given else Fraction(0)
        scores.append(Fraction(1) if remedies.get(number) is Remedy.CREDITED else worth)
    result = score_paper(
        [(competence, level) for competence, level in paper["lines"]],
        [
            SlotScore(
                competence=asked["competence"],
                level=asked["level"],
                score=worth,
                counts=asked["counts"],
            )
            for number, (asked, worth) in enumerate(
                zip(paper["slots"], scores, strict=True), start=1
            )
            if remedies.get(number) is not Remedy.LEFT_OUT
        ],
    )
    return scores, result


def review(paper: Mapping[str, Any], answers: Answers) -> list[Reviewed]:
    """Every question with what was answered and what is right, for a reader the review rule lets see it."""
    scores, _result = score(paper, answers)
    reviewed = []
    for number, (asked, worth) in enumerate(zip(paper["slots"], scores, strict=True), start=1):
        kind = kind_of(asked["kind"])
        given = answers.get(number, ())
        reviewed.append(
            Reviewed(
                slot=number,
                text=asked["text"],
                score=worth,
                told=kind.told(asked["body"], asked["keys"], given),
                expected=kind.expected(asked["body"]),
                explanation=asked["explanation"],
                article=asked["article"],
                number=asked["number"],
            )
        )
    return reviewed


def _asked(paper: Mapping[str, Any], slot: int) -> Mapping[str, Any]:
    if not 1 <= slot <= len(paper["slots"]):
        raise IndexError(slot)
    return paper["slots"][slot - 1]
