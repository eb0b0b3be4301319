"""“Ready to show”: a trainee asks for a signature, or takes the question back."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.choices import EnrollmentState, RequestState
from courses.loading import facts_of, local_day
from courses.models import PlanItem, PracticeRequest
from courses.refusals import (
    NothingToSign,
    NotOpen,
    NotYours,
    SameDay,
    WaitsForPrevious,
)
from courses.rule.showing import open_showings, taken_days
from courses.rule.standing import stand
from courses.services.telling import take_back_ready, tell_ready
from people.models import User
from people.names import tidy


@transaction.atomic
def ask(
    *, item: PlanItem, reference: str = "", by: User, now: datetime.datetime
) -> PracticeRequest:
    """The trainee is ready to show; while a question waits, asking again finds it.

    Raises NotYours, NotOpen, NothingToSign, WaitsForPrevious, SameDay.
    """
    enrollment = item.enrollment
    if by.pk != enrollment.employee.user_id:
        raise NotYours(_("The trainee asks for a signature."))
    if waiting := _waiting(item):
        return waiting
    if enrollment.state != EnrollmentState.OPEN:
        raise NotOpen(_("This plan is over already."))
    today = local_day(now, enrollment.employee)
    plan = facts_of([enrollment])[enrollment.pk]
    facts = next(one for one in plan if one.item.pk == item.pk)
    signatures = facts.judged_signatures
    showing = next(
        open_showings(signatures, item.repetitions, item.task.places if item.task else 1), None
    )
    if item.task is None or showing is None:
        raise NothingToSign(_("Everything of this task is signed."))
    if item.pk in stand([one.as_step() for one in plan], today).blocked:
        raise WaitsForPrevious(_("Do the step before it first."))
    if item.task.on_different_days and today in taken_days(signatures, besides=showing.repetition):
        raise SameDay(_("One showing is signed today; the next one is on another day."))
    reference = tidy(reference).upper()
    try:
        with transaction.atomic():
            request = PracticeRequest.objects.create(
                item=item, asked_at=now, reference=reference[:64]
            )
    except IntegrityError:
        return _waiting(item)
    tell_ready(request=request, now=now)
    return request


@transaction.atomic
def take_back(*, request: PracticeRequest, by: User, now: datetime.datetime) -> bool:
    """The trainee is not ready after all. Whether the question still waited. Raises NotYours."""
    if by.pk != request.item.enrollment.employee.user_id:
        raise NotYours(_("The trainee takes the question back."))
    waiting = PracticeRequest.objects.filter(pk=request.pk, state=RequestState.WAITING)
    if not waiting.update(state=RequestState.TAKEN_BACK, ended_at=now):
        return False
    take_back_ready(request=request, now=now)
    return True


def _waiting(item: PlanItem) -> PracticeRequest | None:
    return PracticeRequest.objects.filter(item=item, state=RequestState.WAITING).first()
