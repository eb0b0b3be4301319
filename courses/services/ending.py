"""How a way through a programme ends, and how it opens again."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.events import emit
from courses.choices import EnrollmentState, RequestState
from courses.events import EnrollmentEnded
from courses.loading import facts_of, local_day
from courses.models import Enrollment, PracticeRequest
from courses.permissions import may_enroll
from courses.refusals import NotOpen, NotYours, ReasonNeeded
from courses.rule.standing import stand
from people.models import User
from people.viewer import Viewer


def complete_if_done(*, enrollment: Enrollment, now: datetime.datetime) -> bool:
    """Complete ``enrollment`` once nothing of it is left. Whether that happened now."""
    steps = [one.as_step() for one in facts_of([enrollment])[enrollment.pk]]
    if not stand(steps, local_day(now, enrollment.employee)).is_complete:
        return False
    return _end(enrollment, EnrollmentState.COMPLETED, now)


@transaction.atomic
def stop(
    *,
    enrollment: Enrollment,
    reason: str,
    by: User | None = None,
    now: datetime.datetime,
) -> None:
    """End ``enrollment`` before it is done; what was learned and signed stays. Without ``by`` a rule did it.

    Raises NotYours, ReasonNeeded, NotOpen.
    """
    if by is not None and not may_enroll(Viewer.of(by, now), enrollment.employee, now):
        raise NotYours(_("Trainer, HR or the lead takes somebody off a programme."))
    if not reason.strip():
        raise ReasonNeeded(_("Say why."))
    if not _end(enrollment, EnrollmentState.STOPPED, now, reason=reason.strip()[:200]):
        raise NotOpen(_("This plan is over already."))


@transaction.atomic
def reopen(*, enrollment: Enrollment, now: datetime.datetime) -> bool:
    """A completed way has something left again, since a signature was withdrawn. Whether it is open now.

    Where the person has entered the programme anew meanwhile, that way goes on instead.
    """
    completed = Enrollment.objects.filter(pk=enrollment.pk, state=EnrollmentState.COMPLETED)
    try:
        with transaction.atomic():
            return bool(completed.update(state=EnrollmentState.OPEN, ended_at=None, end_reason=""))
    except IntegrityError:
        return False


@transaction.atomic
def _end(
    enrollment: Enrollment, state: EnrollmentState, now: datetime.datetime, *, reason: str = ""
) -> bool:
    open_one = Enrollment.objects.under_way().filter(pk=enrollment.pk)
    if not open_one.update(state=state, ended_at=now, end_reason=reason):
        return False
    PracticeRequest.objects.filter(item__enrollment=enrollment, state=RequestState.WAITING).update(
        state=RequestState.TAKEN_BACK, ended_at=now
    )
    emit(EnrollmentEnded(enrollment_id=enrollment.pk))
    return True
