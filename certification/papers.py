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
from certification.rules.rubrics import Criterion, Mark, rubric_of, worth
from certification.rules.scoring import Result, SlotScore, score_paper

FORMAT = 1
Answers = Mapping[int, Sequence[str]]
Marks = Mapping[int, Sequence[Mark]]


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
    kind: str = ""
    # Of an open answer: the rubric, and what an assessor gave for each criterion of it.
    marks: Sequence[tuple[Criterion, Mark]] = ()

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


def to_assess(paper: Mapping[str, Any], answers: Answers) -> list[int]:
    """The slots whose answers an assessor judges: none where nothing was written."""
    return [
        number
        for number, asked in enumerate(paper["slots"], start=1)
        if kind_of(asked["kind"]).assessed and answers.get(number)
    ]


def score(
    paper: Mapping[str, Any],
    answers: Answers,
    *,
    suspended: Mapping[int, Remedy] | None = None,
    marks: Marks | None = None,
) -> tuple[list[Fraction], Result]:
    """What each question and the whole paper were worth; of ``suspended`` ones, by slot, what the remedy says.

    ``marks`` are those of open answers, by slot; without them an open answer waits and counts for nothing yet.
    """
    remedies, given_marks = suspended or {}, marks or {}
    scores = []
    for number, asked in enumerate(paper["slots"], start=1):
        given = answers.get(number, ())
        if remedies.get(number) is Remedy.CREDITED:
            scores.append(Fraction(1))
        elif number in given_marks:
            scores.append(worth(rubric_of(asked["body"]), given_marks[number]))
        elif given:
            scores.append(kind_of(asked["kind"]).score(asked["body"], asked["keys"], given))
        else:
            scores.append(Fraction(0))
    waiting = {*to_assess(paper, answers)} - {*given_marks} - {*remedies}
    result = score_paper(
        [(competence, level) for competence, level in paper["lines"]],
        [
            SlotScore(
                competence=asked["competence"],
                level=asked["level"],
                score=earned,
                counts=asked["counts"],
                waiting=number in waiting,
            )
            for number, (asked, earned) in enumerate(
                zip(paper["slots"], scores, strict=True), start=1
            )
            if remedies.get(number) is not Remedy.LEFT_OUT
        ],
    )
    return scores, result


def review(
    paper: Mapping[str, Any], answers: Answers, *, marks: Marks | None = None
) -> list[Reviewed]:
    """Every question with what was answered and what is right, for a reader the review rule lets see it."""
    scores, _result = score(paper, answers, marks=marks)
    reviewed = []
    for number, (asked, earned) in enumerate(zip(paper["slots"], scores, strict=True), start=1):
        kind = kind_of(asked["kind"])
        given = answers.get(number, ())
        reviewed.append(
            Reviewed(
                slot=number,
                text=asked["text"],
                score=earned,
                told=kind.told(asked["body"], asked["keys"], given),
                expected=kind.expected(asked["body"]),
                explanation=asked["explanation"],
                article=asked["article"],
                number=asked["number"],
                kind=asked["kind"],
                marks=_marked(asked, (marks or {}).get(number, ())),
            )
        )
    return reviewed


def _marked(asked: Mapping[str, Any], given: Sequence[Mark]) -> list[tuple[Criterion, Mark]]:
    return list(zip(rubric_of(asked["body"]), given, strict=True)) if given else []


def _asked(paper: Mapping[str, Any], slot: int) -> Mapping[str, Any]:
    if not 1 <= slot <= len(paper["slots"]):
        raise IndexError(slot)
    return paper["slots"][slot - 1]
