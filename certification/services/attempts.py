"""Beginning a test: who may take it today, and the paper that is drawn and frozen for them."""

import datetime
import secrets
import uuid

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification.loading import changed_since_last_pass, failed_days, retake_of
from certification.models import Attempt, Question, Quiz, Submission
from certification.papers import freeze
from certification.refusals import NotOffered, TooEarly, TooFewQuestions
from certification.rules.deadlines import deadline
from certification.rules.drawing import Candidate, Drawn, NotEnough, draw
from certification.rules.limits import Line
from certification.services.submitting import submit_if_over
from common.ledger import sha256_of
from competence.loading import local_day
from people.models import Employee
from people.selectors import assignment_on

SEEDS = 2**53


@transaction.atomic
def start(*, quiz: Quiz, employee: Employee, key: uuid.UUID, now: datetime.datetime) -> Attempt:
    """Begin ``quiz``: the paper and the deadline are fixed from here on. Whoever is in the middle finds their attempt.

    The same ``key`` again finds the attempt it began. Raises NotOffered, TooEarly, TooFewQuestions.
    """
    known = Attempt.objects.filter(key=key, employee=employee).first()
    if known is not None:
        return known
    standing = Attempt.objects.filter(employee=employee, quiz=quiz).unfinished().first()
    if standing is not None and not submit_if_over(attempt=standing, now=now):
        return standing
    refuse_start(quiz=quiz, employee=employee, now=now)
    seed = secrets.randbelow(SEEDS)
    lines = list(quiz.lines.all())
    paper = freeze(
        lines=[(line.competence_id, line.level) for line in lines],
        questions=_drawn(quiz, employee, seed),
        seed=seed,
    )
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                employee=employee,
                quiz=quiz,
                seed=seed,
                paper=paper,
                paper_sha256=sha256_of(paper),
                started_at=now,
                deadline_at=deadline(now, quiz.minutes),
                key=key,
            )
    except IntegrityError:
        # Another tab was quicker by a moment: theirs is the attempt.
        standing = Attempt.objects.filter(employee=employee, quiz=quiz).unfinished().first()
        if standing is None:
            raise
        return standing


def refuse_start(*, quiz: Quiz, employee: Employee, now: datetime.datetime) -> None:
    """Raise NotOffered or TooEarly unless ``employee`` may begin ``quiz`` now."""
    today = local_day(now, employee.tz)
    assignment = assignment_on(employee, today)
    offered = quiz.is_active and assignment is not None
    if not offered or not quiz.positions.filter(pk=assignment.position_id).exists():
        raise NotOffered(_("This test is not offered to you."))
    taken = Submission.objects.counting().filter(attempt__employee=employee)
    failed = failed_days(taken.order_by("submitted_at", "pk"), employee)
    retake = retake_of([line.competence_id for line in quiz.lines.all()], failed)
    if retake is not None and not retake.may_start(today):
        raise TooEarly(
            _("You may take it again from %(day)s.") % {"day": date_format(retake.first_day, "j E")}
        )


def _drawn(quiz: Quiz, employee: Employee, seed: int) -> list[dict]:
    """The questions of a paper with everything that is frozen of them. Raises TooFewQuestions."""
    lines = [Line(one.competence_id, one.level, one.count) for one in quiz.lines.all()]
    pool = Question.objects.drawable().filter(competence__in=[one.competence for one in lines])
    candidates = [
        Candidate(pk, competence, level, str(article))
        for pk, competence, level, article in pool.values_list(
            "pk", "competence", "level", "article__uuid"
        )
    ]
    changed = changed_since_last_pass([one.competence for one in lines], employee)
    try:
        drawn = draw(
            lines,
            candidates,
            seen=_seen(quiz, employee),
            changed={str(uuid) for uuids in changed.values() for uuid in uuids},
            seed=seed,
        )
    except NotEnough:
        raise TooFewQuestions(
            _("There are not enough confirmed questions for this test now. The editors see it.")
        ) from None
    questions = Question.objects.select_related("article", "standing").in_bulk(
        [one.candidate.question for one in drawn]
    )
    return [_frozen(questions[one.candidate.question], one) for one in drawn]


def _frozen(question: Question, drawn: Drawn) -> dict:
    return {
        "uuid": str(question.uuid),
        "kind": question.kind,
        "text": question.text,
        "body": question.body,
        "explanation": question.explanation,
        "competence": question.competence_id,
        "level": question.level,
        "counts": drawn.counts,
        "article": drawn.candidate.article,
        "number": question.standing.number,
    }


def _seen(quiz: Quiz, employee: Employee) -> set[int]:
    """The questions of the person's last paper of this test."""
    last = Attempt.objects.filter(quiz=quiz, employee=employee).order_by("-started_at").first()
    if last is None:
        return set()
    names = [slot["uuid"] for slot in last.paper["slots"]]
    return set(Question.objects.filter(uuid__in=names).values_list("pk", flat=True))
