"""Somebody says that a question of theirs was judged wrongly; an assessor decides, and the result follows at once."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification import papers
from certification.choices import AppealState
from certification.loading import marks_of
from certification.models import Appeal, Submission
from certification.refusals import (
    DecidedAlready,
    NoSuchSlot,
    NothingLost,
    OwnResult,
    StillAssessed,
    TooLateToAppeal,
    Unexplained,
)
from certification.results import is_waiting, may_review
from certification.rules.appeals import last_day_of_appeal
from certification.services.rescoring import rescore
from certification.services.telling import tell_decided, tell_of_appeal
from competence.loading import local_day
from people.models import Employee, User

LONGEST_WORDS = 1000


def last_day_for(submission: Submission) -> datetime.date | None:
    """The last day, of its person's own, to appeal against a result; by the rule of the test as it is now.

    ``submission`` is one of ``counting()``. What an assessor judged can be appealed about from that day on.
    """
    attempt = submission.attempt
    judged = local_day(submission.judged_at, attempt.employee.tz)
    return last_day_of_appeal(judged, attempt.quiz.appeal_days)


def may_appeal(submission: Submission, now: datetime.datetime) -> bool:
    """Whether there is still time; while an answer waits for an assessor there is nothing to appeal against."""
    if is_waiting(submission):
        return False
    last = last_day_for(submission)
    return last is not None and local_day(now, submission.attempt.employee.tz) <= last


@transaction.atomic
def appeal(*, submission: Submission, slot: int, words: str, now: datetime.datetime) -> Appeal:
    """The answer to question ``slot`` should count, says its person. Twice is the same as once.

    Where the test does not show what was right, nothing here tells either: any question can be appealed about.
    Raises TooLateToAppeal, NoSuchSlot, NothingLost, Unexplained.
    """
    known = Appeal.objects.filter(submission=submission, slot=slot).first()
    if known is not None:
        return known
    if is_waiting(submission):
        raise StillAssessed(
            _("An answer waits for an assessor: you can appeal once all are judged.")
        )
    if not may_appeal(submission, now):
        raise TooLateToAppeal(_("The days for an appeal are over."))
    if not 1 <= slot <= papers.slot_count(submission.attempt.paper):
        raise NoSuchSlot(_("The test has no such question."))
    if may_review(submission) and not _lost(submission, slot):
        raise NothingLost(_("This answer counted in full."))
    if not words.strip():
        raise Unexplained(_("Say what is wrong."))
    try:
        with transaction.atomic():
            row = Appeal.objects.create(
                submission=submission, slot=slot, words=words.strip()[:LONGEST_WORDS], at=now
            )
    except IntegrityError:
        return Appeal.objects.get(submission=submission, slot=slot)
    tell_of_appeal(appeal=row, now=now)
    return row


@transaction.atomic
def decide(
    *, appeal: Appeal, accepted: bool, words: str, by: User, now: datetime.datetime
) -> Appeal:
    """The answer counts, and the attempt is judged anew with it; or it does not, for a reason. Once.

    Raises OwnResult, Unexplained (a refusal says why), DecidedAlready.
    """
    if Employee.objects.filter(user=by, pk=appeal.submission.attempt.employee_id).exists():
        raise OwnResult(_("Your own result would change: somebody else decides this."))
    said = words.strip()[:LONGEST_WORDS]
    if not accepted and not said:
        raise Unexplained(_("Say why."))
    state = AppealState.ACCEPTED if accepted else AppealState.REFUSED
    decided = Appeal.objects.waiting().filter(pk=appeal.pk)
    if not decided.update(state=state, decided_by=by, decided_at=now, decided_because=said):
        raise DecidedAlready(_("Somebody has decided this already."))
    appeal.refresh_from_db()
    if accepted:
        rescore(submission_id=appeal.submission_id, now=now)
    tell_decided(appeal=appeal, now=now)
    return appeal


def _lost(submission: Submission, slot: int) -> bool:
    answers = {int(number): given for number, given in submission.answers.items()}
    marks = marks_of(submission)
    scores, _result = papers.score(submission.attempt.paper, answers, marks=marks)
    return scores[slot - 1] < 1
