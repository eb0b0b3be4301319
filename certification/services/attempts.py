"""Beginning a test: who may take it today, and the paper that is drawn and frozen for them."""

import datetime
import secrets
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certification.duties import paper_of
from certification.loading import (
    changed_since_last_pass,
    failed_days,
    retake_of,
    waiting_competences,
)
from certification.models import Attempt, Question, Quiz, Submission
from certification.papers import freeze
from certification.refusals import NotOffered, StillAssessed, TooEarly, TooFewQuestions
from certification.rules.deadlines import deadline
from certification.rules.drawing import Candidate, NotEnough, draw
from certification.rules.limits import Line
from certification.services.submitting import submit_if_over
from common.ledger import sha256_of
from competence.loading import local_day
from people.models import Employee
from people.selectors import assignment_on

SEEDS = 2**53
# So far back somebody's last paper of a competence is looked for.
LAST_PAPERS = 12


@transaction.atomic
def start(*, quiz: Quiz, employee: Employee, key: uuid.UUID, now: datetime.datetime) -> Attempt:
    """Begin ``quiz``: the paper and the deadline are fixed from here on. Whoever is in the middle finds their attempt.

    The same ``key`` again finds the attempt it began. Raises NotOffered, StillAssessed, TooEarly,
    TooFewQuestions.
    """
    known = Attempt.objects.filter(key=key, employee=employee).first()
    if known is not None:
        return known
    standing = Attempt.objects.filter(employee=employee, quiz=quiz).unfinished().first()
    if standing is not None and not submit_if_over(attempt=standing, now=now):
        return standing
    refuse_start(quiz=quiz, employee=employee, now=now)
    seed = secrets.randbelow(SEEDS)
    lines = _lines(quiz, employee, now)
    paper = freeze(
        lines=[(line.competence, line.level) for line in lines],
        questions=_drawn(quiz, lines, employee, seed),
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
    """Raise NotOffered, StillAssessed or TooEarly unless ``employee`` may begin ``quiz`` now."""
    today = local_day(now, employee.tz)
    if quiz.campaign_id:
        _refuse_round(quiz, employee, today, now)
    else:
        _refuse_position(quiz, employee, today)
    taken = Submission.objects.counting().filter(attempt__employee=employee)
    taken = list(taken.order_by("submitted_at", "pk"))
    asked = [line.competence_id for line in quiz.lines.all()]
    if waiting_competences(taken).intersection(asked):
        raise StillAssessed(_("Your answers of the last time wait for an assessor."))
    retake = retake_of(asked, failed_days(taken, employee))
    if retake is not None and not retake.may_start(today):
        raise TooEarly(
            _("You may take it again from %(day)s.") % {"day": date_format(retake.first_day, "j E")}
        )


def _refuse_position(quiz: Quiz, employee: Employee, today: datetime.date) -> None:
    assignment = assignment_on(employee, today)
    offered = quiz.is_active and assignment is not None
    if not offered or not quiz.positions.filter(pk=assignment.position_id).exists():
        raise NotOffered(_("This test is not offered to you."))


def _refuse_round(
    quiz: Quiz, employee: Employee, today: datetime.date, now: datetime.datetime
) -> None:
    """A test of a campaign is begun by who is called to it, from their day on: their line counts on it."""
    reading = paper_of(quiz, employee, now) if quiz.is_active else None
    if reading is None:
        raise NotOffered(_("This test is not offered to you."))
    if not reading.is_open:
        raise NotOffered(_("You have passed it already."))
    if today < reading.paper.day:
        raise TooEarly(
            _("Your day for it is %(day)s. Your lead can give you another one.")
            % {"day": date_format(reading.paper.day, "j E")}
        )


def _lines(quiz: Quiz, employee: Employee, now: datetime.datetime) -> list[Line]:
    """What is asked: the blueprint; in a round only what of it is still to be passed."""
    lines = [Line(one.competence_id, one.level, one.count) for one in quiz.lines.all()]
    reading = paper_of(quiz, employee, now) if quiz.campaign_id else None
    if reading is None:
        return lines
    left = {one.competence_id for one in reading.left}
    return [one for one in lines if one.competence in left]


def _drawn(quiz: Quiz, lines: Sequence[Line], employee: Employee, seed: int) -> list[dict]:
    """The questions of a paper with everything that is frozen of them. Raises TooFewQuestions."""
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
            seen=_seen(quiz, lines, employee),
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
    return [as_asked(questions[one.candidate.question], counts=one.counts) for one in drawn]


def as_asked(question: Question, *, counts: bool = True) -> dict:
    """Everything of ``question`` that a paper keeps; it is confirmed, so it has an article and a standing."""
    return {
        "uuid": str(question.uuid),
        "kind": question.kind,
        "text": question.text,
        "body": question.body,
        "explanation": question.explanation,
        "competence": question.competence_id,
        "level": question.level,
        "counts": counts,
        "article": str(question.article.uuid),
        "number": question.standing.number,
    }


def _seen(quiz: Quiz, lines: Sequence[Line], employee: Employee) -> set[int]:
    """The questions of the person's last paper of this test; in a round, of the last that asked each competence."""
    attempts = Attempt.objects.filter(employee=employee).order_by("-started_at", "-pk")
    if not quiz.campaign_id:
        attempts = attempts.filter(quiz=quiz)[:1]
    names, wanted = set(), {one.competence for one in lines}
    for paper in attempts.values_list("paper", flat=True)[:LAST_PAPERS]:
        asked = wanted & {slot["competence"] for slot in paper["slots"]}
        names |= {slot["uuid"] for slot in paper["slots"] if slot["competence"] in asked}
        wanted -= asked
    return set(Question.objects.filter(uuid__in=names).values_list("pk", flat=True))
