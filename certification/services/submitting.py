"""Handing a test in: once, by the person or by the clock, with the evidence it gives in the same transaction."""

import datetime
import uuid
from fractions import Fraction
from typing import Any

import structlog
from django.db import IntegrityError, transaction

from certification import papers
from certification.choices import AttemptState
from certification.loading import changed_since_last_pass
from certification.models import AnswerSave, Attempt, Submission
from certification.rules.deadlines import is_over
from certification.rules.scoring import Breakdown, Result
from competence.loading import local_day
from competence.models import Competence
from competence.services.learning import quiz as record_quiz
from people.models import User

logger = structlog.get_logger(__name__)

SOURCE = "attempt"


@transaction.atomic
def submit(*, attempt: Attempt, by: User | None, now: datetime.datetime) -> Submission:
    """Hand ``attempt`` in with the answers saved so far. Twice is the same as once.

    After the deadline it counts as handed in at the deadline, whatever the clock of its person says.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
    standing = Submission.objects.filter(attempt=attempt).first()
    if standing is not None:
        return standing
    late = is_over(attempt.deadline_at, now)
    at = attempt.deadline_at if late else now
    answers = {row.slot: row.given for row in AnswerSave.objects.current(attempt.pk)}
    _scores, result = papers.score(attempt.paper, answers)
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                attempt=attempt,
                submitted_at=at,
                by_deadline=late,
                answers={str(slot): given for slot, given in sorted(answers.items())},
                result=as_plain(result),
                passed=result.passed,
            )
    except IntegrityError:
        return Submission.objects.get(attempt=attempt)
    ended = AttemptState.EXPIRED if late else AttemptState.SUBMITTED
    Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(state=ended)
    _record(attempt, result, at, by, now)
    return submission


def submit_if_over(*, attempt: Attempt, now: datetime.datetime) -> Submission | None:
    """Hand in an attempt whose time is over; None while there is time left."""
    if not is_over(attempt.deadline_at, now):
        return None
    return submit(attempt=attempt, by=None, now=now)


def submit_run_out(*, now: datetime.datetime) -> int:
    """The sweep: hand in every attempt whose time is over; how many. Each for itself, safe to repeat."""
    done = 0
    for attempt in Attempt.objects.run_out(now).order_by("deadline_at"):
        try:
            submit(attempt=attempt, by=None, now=now)
        except Exception:
            logger.exception("attempt_not_handed_in", attempt=attempt.pk)
        else:
            done += 1
    return done


def _record(
    attempt: Attempt,
    result: Result,
    at: datetime.datetime,
    by: User | None,
    now: datetime.datetime,
) -> None:
    """One event for each competence with enough questions to say anything of it."""
    employee = attempt.employee
    telling = [one for one in result.competences if one.evidence]
    competences = Competence.objects.in_bulk([one.competence for one in telling])
    changed = changed_since_last_pass(
        [one.competence for one in telling], employee, before=attempt.started_at
    )
    asked = {
        (slot["article"], slot["number"]) for slot in attempt.paper["slots"] if slot["article"]
    }
    for one in telling:
        wanted = {str(uuid) for uuid in changed.get(one.competence, ())}
        record_quiz(
            employee=employee,
            competence=competences[one.competence],
            level=one.level,
            passed=one.passed,
            source=(SOURCE, str(attempt.pk)),
            covers_changes=bool(wanted) and wanted <= {article for article, _number in asked},
            basis=_basis(attempt.paper, one.competence),
            on=local_day(at, employee.tz),
            by=by,
            now=now,
        )


def _basis(paper: dict[str, Any], competence: int) -> list[tuple[uuid.UUID, int]]:
    """The article versions that the questions of one competence rested on."""
    rested = {
        (slot["article"], slot["number"])
        for slot in paper["slots"]
        if slot["competence"] == competence and slot["article"]
    }
    return [(uuid.UUID(article), number) for article, number in sorted(rested)]


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
