"""Handing a test in: once, by the person or by the clock, with the evidence it gives in the same transaction.

Open answers wait for an assessor from then on, and so do the competences they touch.
"""

import datetime
from collections.abc import Mapping, Sequence

import structlog
from django.db import IntegrityError, transaction

from certification import papers
from certification.choices import AttemptState
from certification.models import AnswerSave, Attempt, OpenAnswer, Submission
from certification.results import as_plain
from certification.rules.deadlines import is_over
from certification.services.certificates import issue_missing
from certification.services.collecting import known_version
from certification.services.proving import prove
from certification.services.rescoring import judge_anew
from people.models import User

logger = structlog.get_logger(__name__)


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
    _scores, handed_in = papers.score(attempt.paper, answers)
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                attempt=attempt,
                submitted_at=at,
                by_deadline=late,
                answers={str(slot): given for slot, given in sorted(answers.items())},
                result=as_plain(handed_in),
                passed=handed_in.passed,
            )
    except IntegrityError:
        return Submission.objects.get(attempt=attempt)
    ended = AttemptState.EXPIRED if late else AttemptState.SUBMITTED
    Attempt.objects.filter(pk=attempt.pk, state=AttemptState.OPEN).update(state=ended)
    _let_wait(submission, answers)
    # What was suspended while they sat counts as if it had been suspended before.
    result, left_out = judge_anew(submission=submission, result=handed_in, now=now)
    prove(attempt=attempt, result=result, at=at, by=by, now=now, left_out=left_out)
    if result.passed:
        issue_missing(now=now, of=[submission.pk])
    return submission


def _let_wait(submission: Submission, answers: Mapping[int, Sequence[str]]) -> None:
    paper, begun = submission.attempt.paper, submission.attempt.started_at
    OpenAnswer.objects.bulk_create(
        OpenAnswer(
            submission=submission,
            slot=slot,
            version=known_version(paper["slots"][slot - 1], begun),
            at=submission.submitted_at,
        )
        for slot in papers.to_assess(paper, answers)
    )


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
