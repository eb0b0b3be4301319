"""Decisions of named people about a cell: declared level, commission, suspension, withdrawal."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.choices import EventType
from competence.loading import local_day
from competence.models import Competence, CompetenceEvent
from competence.permissions import SITS_IN_COMMISSION, is_own, leads, may_decide
from competence.refusals import (
    AlreadyDeclared,
    Impossible,
    NothingToWithdraw,
    NotYours,
    OwnRecord,
    TwoPeopleNeeded,
)
from competence.rule.calendar import length_in_days
from competence.rule.figures import DEFAULT_FIGURES
from competence.services.record import Entry, record
from people.models import Employee, User
from people.viewer import Viewer

ACT = "act"


def refuse_decision(employee: Employee, by: User, now: datetime.datetime) -> None:
    """Raise OwnRecord or NotYours unless ``by`` is a lead of ``employee`` or HR."""
    viewer = Viewer.of(by, now)
    if is_own(viewer, employee):
        raise OwnRecord(_("Somebody else decides in your own record."))
    if not may_decide(viewer, employee, now):
        raise NotYours(_("The lead or HR decides on this."))


def required_reason(reason: str) -> str:
    """The tidied ``reason``. Raises Impossible for none."""
    if not reason.strip():
        raise Impossible(_("Say why."))
    return reason.strip()


@transaction.atomic
def declare(
    *,
    employee: Employee,
    competence: Competence,
    level: int,
    by: User,
    now: datetime.datetime,
) -> CompetenceEvent:
    """The lead declares a level at the start: up to 2, for 90 days. The same level again finds the first.

    Raises OwnRecord, NotYours, AlreadyDeclared (another level stands), Impossible.
    """
    viewer = Viewer.of(by, now)
    if is_own(viewer, employee):
        raise OwnRecord(_("Somebody else decides in your own record."))
    if not leads(viewer, employee, now):
        raise NotYours(_("The lead declares levels at the start."))
    standing = declared_level(employee, competence)
    if standing is not None:
        if standing.level == level:
            return standing
        raise AlreadyDeclared(
            _("Level %(level)s is declared already. Withdraw it first.") % {"level": standing.level}
        )
    return record(
        Entry(
            employee=employee,
            type=EventType.DECLARED,
            source=("declaration", uuid.uuid4().hex),
            competence=competence,
            level=level,
            by=by,
        ),
        now=now,
    )


def declared_level(employee: Employee, competence: Competence) -> CompetenceEvent | None:
    """The declaration that stands in this cell."""
    return (
        CompetenceEvent.objects.standing()
        .filter(employee=employee, competence=competence, type=EventType.DECLARED)
        .order_by("seq")
        .first()
    )


@transaction.atomic
def commission(
    *,
    employee: Employee,
    competence: Competence,
    level: int,
    by: User,
    second: User,
    reason: str,
    now: datetime.datetime,
    source: tuple[str, str],
) -> CompetenceEvent:
    """Two people judge the cell's level for 12 months, up or down; the only way to 4.

    Raises TwoPeopleNeeded, OwnRecord, NotYours, Impossible.
    """
    if by == second:
        raise TwoPeopleNeeded(_("A commission takes two people."))
    for person in (by, second):
        viewer = Viewer.of(person, now)
        if is_own(viewer, employee):
            raise OwnRecord(_("Somebody else decides in your own record."))
        if not viewer.has_role(*SITS_IN_COMMISSION):
            raise NotYours(_("Leads, HR, trainers and reviewers sit in a commission."))
    return record(
        Entry(
            employee=employee,
            type=EventType.COMMISSION,
            source=source,
            competence=competence,
            level=level,
            by=by,
            second=second,
            note=required_reason(reason),
        ),
        now=now,
    )


@transaction.atomic
def suspend(
    *,
    employee: Employee,
    competence: Competence | None,
    starts_on: datetime.date | None = None,
    until: datetime.date,
    reason: str,
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> CompetenceEvent:
    """``employee`` may not, in one competence or in all (None), through ``until``; at most 14 days, never automatic.

    Raises OwnRecord, NotYours, Impossible.
    """
    refuse_decision(employee, by, now)
    today = local_day(now, employee.tz)
    first = starts_on or today
    if first < today:
        raise Impossible(_("A suspension begins today or later."))
    if until < first:
        raise Impossible(_("It ends before it begins."))
    limit = DEFAULT_FIGURES.suspension_days
    if length_in_days(first, until) > limit:
        raise Impossible(
            ngettext(
                "A suspension lasts at most %(n)s day.",
                "A suspension lasts at most %(n)s days.",
                limit,
            )
            % {"n": limit}
        )
    return record(
        Entry(
            employee=employee,
            type=EventType.SUSPENSION,
            source=(ACT, (key or uuid.uuid4()).hex),
            competence=competence,
            on=first,
            last_day=until,
            by=by,
            note=required_reason(reason),
        ),
        now=now,
    )


def may_withdraw(event: CompetenceEvent, viewer: Viewer, *, decides: bool) -> bool:
    """Whoever recorded it, and who ``decides`` in this record; nobody in their own.

    Leave follows its own rows, and so does a withdrawal that no person spoke.
    """
    follows = event.type == EventType.LEAVE or (
        event.type == EventType.WITHDRAWAL and event.source_kind != ACT
    )
    if follows or viewer.employee_id in (None, event.employee_id):
        return False
    return decides or event.actor_id == viewer.user_id


@transaction.atomic
def withdraw(
    *,
    event: CompetenceEvent,
    reason: str,
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> CompetenceEvent:
    """From today on the cell is judged without ``event``, for every day; both rows are kept.

    A withdrawal may itself be withdrawn, once. Raises OwnRecord, NotYours, NothingToWithdraw, Impossible.
    """
    source = (ACT, (key or uuid.uuid4()).hex)
    repeated = CompetenceEvent.objects.filter(
        source_kind=source[0], source_id=source[1], type=EventType.WITHDRAWAL, withdraws=event
    ).first()
    if repeated:
        return repeated
    viewer = Viewer.of(by, now)
    if is_own(viewer, event.employee):
        raise OwnRecord(_("Somebody else decides in your own record."))
    if not may_withdraw(event, viewer, decides=may_decide(viewer, event.employee, now)):
        raise NotYours(_("Whoever recorded it, the lead or HR withdraws it."))
    undoes_an_undoing = event.withdraws is not None and event.withdraws.withdraws_id is not None
    standing = CompetenceEvent.objects.standing().filter(pk=event.pk).exists()
    if undoes_an_undoing or not standing:
        raise NothingToWithdraw(_("This is withdrawn already."))
    return record(
        Entry(
            employee=event.employee,
            type=EventType.WITHDRAWAL,
            source=source,
            competence=event.competence,
            withdraws=event,
            by=by,
            note=required_reason(reason),
        ),
        now=now,
    )
