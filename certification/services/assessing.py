"""Open answers: they wait for an assessor, who judges them by the rubric; the result follows at once."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.models import Assessment, Attempt, OpenAnswer
from certification.refusals import AssessedAlready, NotAsTheRubric, OwnResult
from certification.rules.rubrics import Mark, faults, rubric_of
from certification.services.rescoring import rescore
from certification.services.telling import tell_assessed
from certification.wording import fault_words
from people.models import Employee, User


@transaction.atomic
def assess(
    *, answer: OpenAnswer, marks: Sequence[Mark], by: User, now: datetime.datetime
) -> Assessment:
    """What ``answer`` is worth by its rubric; the attempt is judged anew with it. The same again is the same row.

    Raises OwnResult, NotAsTheRubric, AssessedAlready.
    """
    # The attempt is held until the commit, so that of two assessors one finds the word of the other.
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=answer.submission.attempt_id)
    if Employee.objects.filter(user=by, pk=attempt.employee_id).exists():
        raise OwnResult(_("Your own result would change: somebody else decides this."))
    kept = [Mark(mark.points, mark.comment.strip()) for mark in marks]
    standing = Assessment.objects.filter(answer=answer).first()
    if standing is not None:
        return _repeated(standing, kept, by)
    rubric = rubric_of(attempt.paper["slots"][answer.slot - 1]["body"])
    for place, fault in faults(rubric, kept):
        raise NotAsTheRubric(fault_words(fault, place))
    if not OpenAnswer.objects.waiting().filter(pk=answer.pk).exists():
        raise AssessedAlready(_("The question was suspended: this answer counts without you."))
    try:
        with transaction.atomic():
            row = Assessment.objects.create(
                answer=answer,
                marks=[[mark.points, mark.comment] for mark in kept],
                by=by,
                at=now,
            )
    except IntegrityError:
        return _repeated(Assessment.objects.get(answer=answer), kept, by)
    rescore(submission_id=answer.submission_id, now=now)
    waiting = OpenAnswer.objects.waiting().filter(submission=answer.submission_id)
    if not waiting.exists():
        tell_assessed(assessment=row, now=now)
    return row


def _repeated(standing: Assessment, marks: Sequence[Mark], by: User) -> Assessment:
    if standing.by_id != by.pk or standing.given != list(marks):
        raise AssessedAlready(_("Somebody has assessed this answer already."))
    return standing
