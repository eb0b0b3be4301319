"""What the protocol of an examination says: who, by which blueprint, which questions and versions, how it ended."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from certification import papers
from certification.loading import marks_of
from certification.models import Attempt, Rescoring, Submission
from certification.results import breakdowns, may_review
from certification.rules.scoring import Breakdown
from certification.services.collecting import version_of
from competence.loading import local_day
from competence.models import Competence
from kb.models import ArticlePage
from people.models import Employee
from people.viewer import Viewer


@dataclass(frozen=True)
class Asked:
    """One question of the paper: its name and the hash of its words and answers; ``score`` where that may be seen."""

    slot: int
    uuid: str
    sha256: str
    competence: str
    level: int
    article: str
    number: int | None
    score: Fraction | None


@dataclass(frozen=True)
class Judged:
    """A result: as it was handed in, or judged anew later. Its competences by name."""

    at: datetime.datetime
    passed: bool
    asked: int
    points: Fraction
    competences: Sequence[tuple[str, Breakdown]]
    rescoring: Rescoring | None = None
    # How many answers nobody had assessed then.
    waiting: int = 0


@dataclass(frozen=True)
class Protocol:
    """An attempt that ended, with everything a commission signs."""

    submission: Submission
    employee: Employee
    day: datetime.date
    lines: Sequence[tuple[str, int, int]]
    asked: Sequence[Asked]
    results: Sequence[Judged]

    @property
    def attempt(self) -> Attempt:
        """The attempt it is of."""
        return self.submission.attempt


def protocol_of(attempt_id: int, viewer: Viewer, at: datetime.datetime) -> Protocol | None:
    """Of an attempt in a record that ``viewer`` may read, and not their own; else none. Seven queries."""
    rows = Attempt.objects.visible_to(viewer, at).exclude(employee=viewer.employee_id or 0)
    submission = (
        Submission.objects.counting()
        .filter(attempt__in=rows.filter(pk=attempt_id).values("pk"))
        .select_related("attempt__quiz", "attempt__employee")
        .first()
    )
    if submission is None:
        return None
    attempt = submission.attempt
    day = local_day(submission.submitted_at, attempt.employee.tz)
    placed = Employee.objects.with_place_names(day).get(pk=attempt.employee_id)
    again = list(
        submission.rescorings.select_related(
            "suspension", "appeal", "assessment__answer", "assessment__by"
        ).order_by("number")
    )
    named = {competence for competence, _level in attempt.paper["lines"]}
    named |= {asked["competence"] for asked in attempt.paper["slots"]}
    names = dict(Competence.objects.filter(pk__in=named).values_list("pk", "name"))
    return Protocol(
        submission=submission,
        employee=placed,
        day=day,
        lines=[
            (names.get(competence, ""), level, _count(attempt.paper, competence))
            for competence, level in attempt.paper["lines"]
        ],
        asked=_asked(submission, names, viewer, at),
        results=[
            _judged(submission.submitted_at, submission.result, names),
            *(_judged(row.at, row.result, names, row) for row in again),
        ],
    )


def _count(paper: dict[str, Any], competence: int) -> int:
    return sum(one["counts"] and one["competence"] == competence for one in paper["slots"])


def _asked(
    submission: Submission, names: dict[int, str], viewer: Viewer, at: datetime.datetime
) -> list[Asked]:
    paper = submission.attempt.paper
    answers = {int(slot): given for slot, given in submission.answers.items()}
    scores, _result = papers.score(paper, answers, marks=marks_of(submission))
    shown = may_review(submission)
    wanted = {one["article"] for one in paper["slots"] if one["article"]}
    rows = ArticlePage.objects.visible_to(viewer, at).filter(uuid__in=wanted)
    titles = {str(uuid): title for uuid, title in rows.values_list("uuid", "title")}
    found = []
    for slot, (one, score) in enumerate(zip(paper["slots"], scores, strict=True), start=1):
        _name, sha256 = version_of(one)
        found.append(
            Asked(
                slot=slot,
                uuid=one["uuid"],
                sha256=sha256,
                competence=names.get(one["competence"], ""),
                level=one["level"],
                article=titles.get(one["article"], ""),
                number=one["number"],
                score=score if shown else None,
            )
        )
    return found


def _judged(
    at: datetime.datetime,
    result: dict[str, Any],
    names: dict[int, str],
    rescoring: Rescoring | None = None,
) -> Judged:
    return Judged(
        at=at,
        passed=result["passed"],
        asked=result["asked"],
        points=Fraction(result["points"]),
        competences=[(names.get(one.competence, ""), one) for one in breakdowns(result)],
        rescoring=rescoring,
        waiting=result.get("waiting", 0),
    )
