"""Taking a version of a question out of use, and lifting that: said first what it would change, then done by name."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.events import SuspensionSaid
from certification.models import AskedVersion, Question, QuestionSuspension
from certification.refusals import NothingToLift, OwnResult, SuspendedAlready, Unexplained
from certification.rules.rescoring import Effect, Remedy
from certification.services.collecting import known_version
from certification.services.foreseeing import effect_of_lifting, effects_of_suspending
from common.events import emit
from people.models import Employee, User

LONGEST_REASON = 500


@transaction.atomic
def suspend(
    *,
    question: Question,
    version: AskedVersion | None,
    remedy: Remedy,
    reason: str,
    by: User,
    now: datetime.datetime,
    key: uuid.UUID,
) -> QuestionSuspension:
    """``version`` of ``question``, left out: as it is asked now, is in no paper from here on.

    The attempts that had it are judged anew by ``rescoring.rescore_all``. The same ``key`` again finds the first one.
    Raises Unexplained, OwnResult (who would gain or lose by it decides nothing), SuspendedAlready.
    """
    known = QuestionSuspension.objects.filter(key=key).first()
    if known is not None:
        return known
    said = _explained(reason)
    version = version or _as_asked_now(question, now)
    _refuse_own(effects_of_suspending(version)[remedy], by)
    try:
        with transaction.atomic():
            suspension = QuestionSuspension.objects.create(
                version=version, remedy=remedy.value, reason=said, by=by, at=now, key=key
            )
    except IntegrityError:
        raise SuspendedAlready(_("Somebody has suspended this question already.")) from None
    emit(SuspensionSaid(suspension_id=suspension.pk))
    return suspension


@transaction.atomic
def lift(
    *, suspension: QuestionSuspension, reason: str, by: User, now: datetime.datetime
) -> QuestionSuspension:
    """The question was right after all: it may be drawn again, and the attempts are judged as before.

    Raises Unexplained, OwnResult, NothingToLift.
    """
    said = _explained(reason)
    _refuse_own(effect_of_lifting(suspension), by)
    open_ones = QuestionSuspension.objects.standing().filter(pk=suspension.pk)
    if not open_ones.update(lifted_by=by, lifted_at=now, lifted_because=said):
        raise NothingToLift(_("Somebody has lifted this already."))
    suspension.refresh_from_db()
    emit(SuspensionSaid(suspension_id=suspension.pk))
    return suspension


def _explained(reason: str) -> str:
    if not reason.strip():
        raise Unexplained(_("Say why."))
    return reason.strip()[:LONGEST_REASON]


def _refuse_own(found: Effect, by: User) -> None:
    own = Employee.objects.filter(user=by, pk__in=found.changed)
    if own.exists():
        raise OwnResult(_("Your own result would change: somebody else decides this."))


def _as_asked_now(question: Question, now: datetime.datetime) -> AskedVersion:
    return known_version({**question.content(), "uuid": str(question.uuid)}, now)
