"""Practice that somebody saw: observations outside a programme, and calibrations of a rated call."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from competence.choices import Channel, EventType
from competence.loading import local_day
from competence.models import Competence, CompetenceEvent, Observation
from competence.permissions import is_own, leads, may_observe, may_sign
from competence.refusals import Impossible, MaySignNot, NotYours, OwnRecord, UnknownCall
from competence.rule.events import HIGHEST_LEVEL
from competence.services.record import Entry, record
from people.models import Employee, User
from people.names import tidy
from people.roles import Role
from people.viewer import Viewer


def call_name(channel: str, reference: str) -> str:
    """How the ledger names a call, ticket or chat, so that two ratings of one are seen as one; "" without a number."""
    reference = tidy(reference).upper()
    return f"{channel}:{reference}" if reference else ""


@transaction.atomic
def observe(
    *,
    employee: Employee,
    competence: Competence,
    rating: int,
    channel: Channel,
    reference: str = "",
    observed_on: datetime.date | None = None,
    comment: str = "",
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Observation:
    """``by`` saw ``employee`` at work and rates it 0 to 4; the same ``key`` again finds the first row.

    Raises OwnRecord, NotYours, MaySignNot (a mentor whose own competence does not reach it), Impossible.
    """
    key = key or uuid.uuid4()
    if known := Observation.objects.filter(key=key).first():
        return known
    observed_on = observed_on or local_day(now, employee.tz)
    refuse_signature(
        employee=employee, competence=competence, observed_on=observed_on, by=by, now=now
    )
    if not 0 <= rating <= HIGHEST_LEVEL:
        raise Impossible(_("A rating is from 0 to 4."))
    observation = Observation.objects.create(
        employee=employee,
        competence=competence,
        rating=rating,
        channel=channel,
        reference=tidy(reference).upper(),
        observed_on=observed_on,
        actor=by,
        recorded_at=now,
        key=key,
    )
    record(
        Entry(
            employee=employee,
            type=EventType.OBSERVATION,
            source=("observation", str(observation.pk)),
            competence=competence,
            on=observed_on,
            rating=rating,
            call=call_name(channel, reference),
            by=by,
            note=comment.strip(),
        ),
        now=now,
    )
    return observation


def refuse_signature(
    *,
    employee: Employee,
    competence: Competence,
    observed_on: datetime.date,
    by: User,
    now: datetime.datetime,
) -> None:
    """Raise OwnRecord, NotYours, MaySignNot or Impossible unless ``by`` may rate this practice of ``employee`` now.

    Leads and reviewers rate by their office; a mentor by their own competence.
    """
    viewer = Viewer.of(by, now)
    if is_own(viewer, employee):
        raise OwnRecord(_("Someone else signs your practice."))
    if not may_observe(viewer, employee, now):
        raise NotYours(_("Mentor, lead and reviewers observe this person."))
    if observed_on > local_day(now, employee.tz):
        raise Impossible(_("The day lies ahead."))
    if observed_on < employee.hired_on:
        raise Impossible(_("The day lies before the first day of work."))
    if viewer.has_role(Role.REVIEWER) or leads(viewer, employee, now):
        return
    if not may_sign(viewer, employee, competence, observed_on=observed_on, now=now):
        raise MaySignNot(
            _(
                "You cannot sign: your own “%(competence)s” or your mentoring is not at the level it takes."
            )
            % {"competence": competence}
        )


@transaction.atomic
def calibrate(
    *,
    employee: Employee,
    competence: Competence,
    call: str,
    rating: int,
    by: User,
    second: User,
    now: datetime.datetime,
    source: tuple[str, str],
) -> CompetenceEvent:
    """Two people agreed on the rating of a call that was rated; it replaces the lowest, all are kept.

    ``call`` as ``call_name`` gives it. Raises OwnRecord, NotYours, UnknownCall, Impossible.
    """
    for person in (by, second):
        viewer = Viewer.of(person, now)
        if is_own(viewer, employee):
            raise OwnRecord(_("Someone else signs your practice."))
        if not viewer.has_role(Role.REVIEWER, Role.LEAD, Role.TRAINER):
            raise NotYours(_("Reviewers, leads and trainers calibrate."))
    if by == second:
        raise NotYours(_("A calibration takes two people."))
    rated = CompetenceEvent.objects.standing().filter(
        employee=employee, competence=competence, type=EventType.OBSERVATION, call=call
    )
    if not call or not rated.exists():
        raise UnknownCall(_("Nobody has rated this call yet."))
    return record(
        Entry(
            employee=employee,
            type=EventType.CALIBRATION,
            source=source,
            competence=competence,
            rating=rating,
            call=call,
            by=by,
            second=second,
        ),
        now=now,
    )
