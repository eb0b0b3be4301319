"""Signing for practice: one row per showing, one observation per competence; and taking a signature back."""

import datetime
import secrets
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.events import emit
from competence.choices import Channel, EventType
from competence.models import CompetenceEvent
from competence.models.ledger import fingerprint
from competence.services.deciding import withdraw as withdraw_event
from competence.services.observing import call_name, refuse_signature
from competence.services.record import Entry, record
from courses.choices import EnrollmentState, Proof, RequestState
from courses.events import PracticeSigned
from courses.loading import facts_of_item, local_day
from courses.models import PlanItem, PracticeRequest, SignOff, SignOffNote
from courses.models.practice import HIGHEST_RATING
from courses.permissions import may_withdraw
from courses.refusals import (
    AlreadyWithdrawn,
    CommentNeeded,
    Impossible,
    NothingToSign,
    NotOpen,
    NotYours,
    NumberNeeded,
    ReasonNeeded,
    SameDay,
)
from courses.rule.showing import Showing, showing_for, taken_days
from courses.services.ending import complete_if_done, reopen
from courses.services.telling import take_back_ready, take_back_signed, tell_signed
from people.models import User
from people.names import tidy
from people.viewer import Viewer

SOURCE = "signoff"
WINDOW = datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class Signed:
    """The signature that stands now; ``was_there`` if it was given before, by a second click or somebody else."""

    row: SignOff
    was_there: bool = False


@transaction.atomic
def sign_off(
    *,
    item: PlanItem,
    rating: int,
    reference: str = "",
    comment: str = "",
    observed_on: datetime.date | None = None,
    showing: Showing | None = None,
    by: User,
    key: uuid.UUID,
    now: datetime.datetime,
) -> Signed:
    """``by`` saw the trainee show the task of ``item`` and rates it 0 to 3.

    ``showing`` is the one the form was opened for: if somebody signed it meanwhile, their row is the answer, as it is
    for the same ``key`` again. Raises what ``refuse_signature`` raises, NotOpen, Impossible, NothingToSign, SameDay,
    NumberNeeded, CommentNeeded.
    """
    enrollment, task = item.enrollment, item.task
    employee = enrollment.employee
    if task is None:
        raise NothingToSign(_("A lesson needs no signature."))
    observed_on = observed_on or local_day(now, employee)
    for competence in task.competences.all():
        refuse_signature(
            employee=employee, competence=competence, observed_on=observed_on, by=by, now=now
        )
    if known := SignOff.objects.filter(key=key, signed_by=by).first():
        return Signed(known, was_there=True)
    if showing is not None and (known := _given(item, showing)):
        return Signed(known, was_there=True)
    if enrollment.state != EnrollmentState.OPEN:
        raise NotOpen(_("This plan is over already."))
    signatures = facts_of_item(item).judged_signatures
    showing = showing_for(signatures, item.repetitions, task.places, signer=by.pk)
    if showing is None:
        raise NothingToSign(_("There is nothing left to sign here for you."))
    reference, comment = tidy(reference).upper()[:64], comment.strip()
    _refuse_values(task, rating, reference, comment)
    if task.on_different_days and observed_on in taken_days(signatures, besides=showing.repetition):
        raise SameDay(_("One showing is signed for that day; the next one is on another day."))
    salt = secrets.token_hex(16) if comment else ""
    try:
        with transaction.atomic():
            row = SignOff.append(
                recorded_at=now,
                employee_id=employee.pk,
                enrollment_id=enrollment.pk,
                task_id=task.pk,
                repetition=showing.repetition,
                place=showing.place,
                round=showing.round,
                rating=rating,
                target=task.target,
                channel=task.proof,
                reference=reference,
                observed_on=observed_on,
                signed_by_id=by.pk,
                key=key,
                note_fingerprint=fingerprint(comment, salt) if comment else "",
            )
    except IntegrityError:
        # Somebody signed the same showing, or this form was sent twice at once: the row that stands is the answer.
        known = SignOff.objects.filter(key=key).first() or _given(item, showing)
        if known is None:
            raise
        return Signed(known, was_there=True)
    if comment:
        SignOffNote.objects.create(sign_off=row, salt=salt, text=comment)
    _observe(row, comment, by, now)
    _answer_request(item, now)
    tell_signed(sign_off=row, now=now)
    emit(PracticeSigned(signoff_id=row.pk))
    complete_if_done(enrollment=enrollment, now=now)
    return Signed(row)


def _given(item: PlanItem, showing: Showing) -> SignOff | None:
    return SignOff.objects.filter(
        enrollment=item.enrollment_id,
        task=item.task_id,
        repetition=showing.repetition,
        place=showing.place,
        round=showing.round,
        withdraws__isnull=True,
    ).first()


def _refuse_values(task, rating: int, reference: str, comment: str) -> None:
    if not 0 <= rating <= HIGHEST_RATING:
        raise Impossible(_("A rating is from 0 to 3."))
    if task.proof != Proof.NONE and not reference:
        raise NumberNeeded(_("Give the number, so that others can find it."))
    if rating < task.target and not comment:
        raise CommentNeeded(_("Say what the next step is."))


def _observe(row: SignOff, comment: str, by: User, now: datetime.datetime) -> None:
    call = call_name(row.channel, row.reference) if row.channel in Channel.values else ""
    for competence in row.task.competences.all():
        record(
            Entry(
                employee=row.employee,
                type=EventType.OBSERVATION,
                source=(SOURCE, str(row.pk)),
                competence=competence,
                on=row.observed_on,
                rating=row.rating,
                call=call,
                by=by,
                note=comment,
            ),
            now=now,
        )


def _answer_request(item: PlanItem, now: datetime.datetime) -> None:
    waiting = PracticeRequest.objects.filter(item=item, state=RequestState.WAITING)
    for request in waiting:
        waiting.filter(pk=request.pk).update(state=RequestState.ANSWERED, ended_at=now)
        take_back_ready(request=request, now=now)


@transaction.atomic
def withdraw(
    *,
    sign_off: SignOff,
    reason: str = "",
    by: User,
    now: datetime.datetime,
) -> SignOff:
    """Take a signature back: a correcting row, and the observations with it; the showing is open again.

    Whoever signed does so without a reason within fifteen minutes; later, and others, say why.
    Raises NotYours, ReasonNeeded, AlreadyWithdrawn.
    """
    if not may_withdraw(Viewer.of(by, now), sign_off.employee, sign_off.signed_by_id, now):
        raise NotYours(_("Whoever signed, the lead or HR withdraws it."))
    at_once = by.pk == sign_off.signed_by_id and now <= sign_off.may_be_withdrawn_until(WINDOW)
    reason = reason.strip() or (_("Withdrawn right after signing") if at_once else "")
    if not reason:
        raise ReasonNeeded(_("Say why: the first minutes are over."))
    salt = secrets.token_hex(16)
    copied = {
        name: getattr(sign_off, name)
        for name in (
            "employee_id", "enrollment_id", "task_id", "repetition", "place", "round", "rating",
            "target", "channel", "reference", "observed_on",
        )
    }  # fmt: skip
    try:
        with transaction.atomic():
            row = SignOff.append(
                recorded_at=now,
                **copied,
                signed_by_id=by.pk,
                key=uuid.uuid4(),
                withdraws_id=sign_off.pk,
                note_fingerprint=fingerprint(reason, salt),
            )
    except IntegrityError:
        raise AlreadyWithdrawn(_("This is withdrawn already.")) from None
    SignOffNote.objects.create(sign_off=row, salt=salt, text=reason[:1000])
    events = CompetenceEvent.objects.standing().filter(
        source_kind=SOURCE,
        source_id=str(sign_off.pk),
        employee=sign_off.employee_id,
        type=EventType.OBSERVATION,
    )
    for event in events.select_related("employee", "competence"):
        withdraw_event(event=event, reason=reason, by=by, now=now, key=row.key)
    take_back_signed(sign_off=sign_off, now=now)
    _ask_again(sign_off)
    reopen(enrollment=sign_off.enrollment, now=now)
    return row


def _ask_again(sign_off: SignOff) -> None:
    """The question that the signature answered waits again, unless another one does."""
    answered = PracticeRequest.objects.filter(
        item__enrollment=sign_off.enrollment_id,
        item__task=sign_off.task_id,
        state=RequestState.ANSWERED,
        ended_at=sign_off.recorded_at,
    )
    try:
        with transaction.atomic():
            answered.update(state=RequestState.WAITING, ended_at=None)
    except IntegrityError:
        return
