"""Judging attempts anew: a question is suspended, the suspension lifted, an appeal accepted, an open answer assessed.

Each attempt for itself, in one transaction: the new result, and what it changes in the ledger. Which attempts are still
to follow is read from rows, so a run that was killed goes on where it stopped, and a second one finds nothing to do.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from certification import papers
from certification.models import (
    Appeal,
    AskedVersion,
    Assessment,
    Attempt,
    ItemResponse,
    OpenAnswer,
    QuestionSuspension,
    Rescoring,
    Submission,
)
from certification.papers import Marks
from certification.results import as_plain, breakdowns
from certification.rules.rescoring import Change, Remedy, changes
from certification.rules.scoring import Result
from certification.services.certificates import issue_missing
from certification.services.collecting import collect, version_of
from certification.services.proving import prove_again
from certification.services.telling import tell_judged_anew
from people.models import User

logger = structlog.get_logger(__name__)

Cause = QuestionSuspension | Appeal | Assessment
Step = tuple[Cause, bool]


def rescore_all(*, now: datetime.datetime) -> int:
    """The sweep: every attempt that does not follow a suspension yet, or its lifting; how many."""
    collect(now=now)
    done = 0
    for suspension in QuestionSuspension.objects.order_by("at", "pk"):
        for pk in waiting(suspension).values_list("pk", flat=True):
            try:
                rescore(submission_id=pk, now=now)
            except Exception:
                logger.exception("attempt_not_judged_anew", submission=pk)
            else:
                done += 1
    return done


def waiting(suspension: QuestionSuspension) -> QuerySet[Submission]:
    """The attempts that had its question and do not follow it yet; once lifted: that still follow it."""
    followed = Rescoring.objects.filter(submission=OuterRef("pk"), suspension=suspension)
    if suspension.stands:
        fresh = [one.pk for one in not_taken_in(suspension.version)]
        rows = Submission.objects.filter(
            taken_in(suspension.version) | Q(pk__in=fresh),
            ~Exists(followed.filter(lifted=False)),
        )
    else:
        rows = Submission.objects.filter(
            Exists(followed.filter(lifted=False)), ~Exists(followed.filter(lifted=True))
        )
    return rows.order_by("pk")


def taken_in(version: AskedVersion) -> Q:
    """The attempts with ``version`` that statistics know: by an answer of it that counts, or one nobody assessed."""
    asked = ItemResponse.objects.filter(submission=OuterRef("pk"), version=version)
    written = OpenAnswer.objects.filter(submission=OuterRef("pk"), version=version)
    return Q(Exists(asked) | Exists(written))


def not_taken_in(version: AskedVersion) -> Iterable[Submission]:
    """The attempts with ``version`` that no statistic has taken in: just handed in, or waiting for an assessor."""
    known = ItemResponse.objects.filter(submission=OuterRef("pk"))
    rows = Submission.objects.filter(~Exists(known), ~taken_in(version)).select_related("attempt")
    rows = rows.prefetch_related(
        "rescorings__suspension__version", "rescorings__appeal", "rescorings__assessment__answer"
    )
    wanted = (version.question_uuid, version.sha256)
    for row in rows.order_by("pk").iterator(chunk_size=100):
        if any(version_of(asked) == wanted for asked in row.attempt.paper["slots"]):
            yield row


@transaction.atomic
def rescore(*, submission_id: int, now: datetime.datetime) -> int:
    """Judge one attempt anew, a step for each suspension, lifting, appeal or assessment it does not follow yet.

    How many steps. Whoever took it is told where a suspension makes it say something else.
    """
    attempt_id = Submission.objects.values_list("attempt_id", flat=True).get(pk=submission_id)
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt_id)
    submission = Submission.objects.select_related("attempt__employee").get(attempt=attempt)
    rows = list(
        submission.rescorings.select_related(
            "suspension__version", "appeal", "assessment__answer"
        ).order_by("number")
    )
    steps = _steps(submission, rows)
    standing = _followed(rows)
    before = rows[-1].result if rows else submission.result
    for number, (cause, lifted) in enumerate(steps, start=len(rows) + 1):
        standing = [one for one in standing if one != cause]
        if not lifted:
            standing.append(cause)
        remedies = remedies_in(submission.attempt.paper, standing)
        result = result_of(submission, remedies, marks_in(standing))
        found = changes(breakdowns(before), result.competences)
        row = _keep(submission, number, cause, lifted, result, found, now)
        prove_again(
            attempt=submission.attempt,
            rescoring=row,
            result=result,
            changed=found,
            left_out=left_out_of(remedies),
            by=_said_by(cause, lifted),
            now=now,
        )
        # Whoever appealed hears of the result with the decision, who waited for an assessor once all is assessed.
        if found and row.suspension is not None:
            tell_judged_anew(rescoring=row, employee=submission.attempt.employee, now=now)
        before = row.result
    if steps:
        issue_missing(now=now, of=[submission.pk])
    return len(steps)


def judge_anew(
    *, submission: Submission, result: Result, now: datetime.datetime
) -> tuple[Result, Sequence[int]]:
    """At handing in: what the attempt is worth with the suspensions that stand, and the slots left out."""
    paper, standing, before = submission.attempt.paper, [], submission.result
    remedies: dict[int, Remedy] = {}
    for number, (cause, _lifted) in enumerate(_steps(submission, ()), start=1):
        standing.append(cause)
        remedies = remedies_in(paper, standing)
        result = result_of(submission, remedies, {})
        found = changes(breakdowns(before), result.competences)
        before = _keep(submission, number, cause, False, result, found, now).result
    return result, left_out_of(remedies)


def result_of(submission: Submission, remedies: Mapping[int, Remedy], marks: Marks) -> Result:
    """What the attempt is worth with these remedies, and these marks of assessors."""
    answers = {int(slot): given for slot, given in submission.answers.items()}
    return papers.score(submission.attempt.paper, answers, suspended=remedies, marks=marks)[1]


def marks_in(causes: Iterable[Cause]) -> Marks:
    """By slot what assessors gave."""
    return {one.answer.slot: one.given for one in causes if isinstance(one, Assessment)}


def remedies_in(paper: Mapping[str, Any], causes: Iterable[Cause]) -> dict[int, Remedy]:
    """By slot what becomes of the suspended questions of a paper, and of those its person appealed about.

    A suspension concerns everybody alike, so it goes before an appeal.
    """
    causes = list(causes)
    by_version = {
        (one.version.question_uuid, one.version.sha256): Remedy(one.remedy)
        for one in causes
        if isinstance(one, QuestionSuspension)
    }
    names = {str(name) for name, _sha256 in by_version}
    found = {one.slot: Remedy.CREDITED for one in causes if isinstance(one, Appeal)}
    for slot, asked in enumerate(paper["slots"], start=1):
        # Only what has the name is worth a hash.
        if asked["uuid"] in names and (remedy := by_version.get(version_of(asked))):
            found[slot] = remedy
    return found


def left_out_of(remedies: Mapping[int, Remedy]) -> list[int]:
    """The slots that are left out."""
    return [slot for slot, remedy in remedies.items() if remedy is Remedy.LEFT_OUT]


def _steps(submission: Submission, rows: Sequence[Rescoring]) -> list[Step]:
    """What an attempt with these rescorings does not follow yet, in the order in which it was said."""
    paper = submission.attempt.paper
    followed = _followed(rows)
    lifted = [
        (one, True) for one in followed if isinstance(one, QuestionSuspension) and not one.stands
    ]
    names = {asked["uuid"] for asked in paper["slots"]}
    suspensions = QuestionSuspension.objects.standing().filter(version__question_uuid__in=names)
    known = {row.suspension_id for row in rows}
    asked = [
        (one, False)
        for one in suspensions.select_related("version").order_by("at", "pk")
        if one.pk not in known and remedies_in(paper, [one])
    ]
    accepted = submission.appeals.accepted().order_by("decided_at", "pk")
    appealed = [(one, False) for one in accepted.filter(rescoring__isnull=True)]
    given = Assessment.objects.filter(answer__submission=submission, rescoring__isnull=True)
    assessed = [(one, False) for one in given.select_related("answer").order_by("at", "pk")]
    return [*lifted, *asked, *appealed, *assessed]


def _followed(rows: Sequence[Rescoring]) -> list[Cause]:
    lifted = {row.suspension_id for row in rows if row.lifted}
    return [row.cause for row in rows if not row.suspension_id or row.suspension_id not in lifted]


def _said_by(cause: Cause, lifted: bool) -> User | None:
    if isinstance(cause, Appeal):
        return cause.decided_by
    if isinstance(cause, Assessment):
        return cause.by
    return cause.lifted_by if lifted else cause.by


def _keep(
    submission: Submission,
    number: int,
    cause: Cause,
    lifted: bool,
    result: Result,
    found: Sequence[Change],
    now: datetime.datetime,
) -> Rescoring:
    return Rescoring.objects.create(
        submission=submission,
        number=number,
        suspension=cause if isinstance(cause, QuestionSuspension) else None,
        appeal=cause if isinstance(cause, Appeal) else None,
        assessment=cause if isinstance(cause, Assessment) else None,
        lifted=lifted,
        result=as_plain(result),
        passed=result.passed,
        changes=[[one.competence, one.before, one.after] for one in found],
        at=now,
    )
