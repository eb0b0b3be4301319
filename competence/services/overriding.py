"""Overrides: a level by name and with a reason, for at most 30 days; where risk is critical, by two people."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competence.choices import EventType, Risk
from competence.loading import local_day
from competence.models import Competence, CompetenceEvent, OverrideProposal
from competence.refusals import AlreadyDecided, Impossible, TwoPeopleNeeded
from competence.rule.calendar import days_between
from competence.rule.events import HIGHEST_LEVEL
from competence.rule.figures import DEFAULT_FIGURES
from competence.services.deciding import ACT, refuse_decision, required_reason
from competence.services.record import Entry, record
from people.models import Employee, User


@transaction.atomic
def override(
    *,
    employee: Employee,
    competence: Competence,
    level: int,
    until: datetime.date,
    reason: str,
    by: User,
    second: User | None = None,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> CompetenceEvent:
    """Raise the cell to ``level`` through ``until``.

    Raises OwnRecord, NotYours, Impossible, and TwoPeopleNeeded for a critical competence without another ``second``.
    """
    _refuse(employee, level, until, by, now)
    if competence.risk == Risk.CRITICAL:
        if second is None or second == by:
            raise TwoPeopleNeeded(_("An override of a critical competence takes two people."))
        refuse_decision(employee, second, now)
    return record(
        Entry(
            employee=employee,
            type=EventType.OVERRIDE,
            source=(ACT, (key or uuid.uuid4()).hex),
            competence=competence,
            level=level,
            last_day=until,
            by=by,
            second=second,
            note=required_reason(reason),
        ),
        now=now,
    )


@transaction.atomic
def propose_override(
    *,
    employee: Employee,
    competence: Competence,
    level: int,
    until: datetime.date,
    reason: str,
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> OverrideProposal:
    """Ask a second person for an override of a critical competence. Raises OwnRecord, NotYours, Impossible."""
    key = key or uuid.uuid4()
    if known := OverrideProposal.objects.filter(key=key).first():
        return known
    _refuse(employee, level, until, by, now)
    return OverrideProposal.objects.create(
        employee=employee,
        competence=competence,
        level=level,
        until=until,
        reason=required_reason(reason),
        proposed_by=by,
        proposed_at=now,
        key=key,
    )


@transaction.atomic
def decide_override(
    *, proposal: OverrideProposal, agreed: bool, by: User, now: datetime.datetime
) -> CompetenceEvent | None:
    """A second person agrees, and the override stands, or declines.

    Raises TwoPeopleNeeded for the one who proposed it, AlreadyDecided, OwnRecord, NotYours, Impossible (its last day
    is past).
    """
    if by == proposal.proposed_by:
        raise TwoPeopleNeeded(_("Somebody else confirms what you proposed."))
    refuse_decision(proposal.employee, by, now)
    open_ones = OverrideProposal.objects.filter(pk=proposal.pk, decided_by__isnull=True)
    if not open_ones.update(decided_by=by, decided_at=now):
        raise AlreadyDecided(_("Somebody has decided on this already."))
    if not agreed:
        return None
    event = override(
        employee=proposal.employee,
        competence=proposal.competence,
        level=proposal.level,
        until=proposal.until,
        reason=proposal.reason,
        by=proposal.proposed_by,
        second=by,
        now=now,
        key=proposal.key,
    )
    OverrideProposal.objects.filter(pk=proposal.pk).update(event=event)
    return event


def _refuse(
    employee: Employee, level: int, until: datetime.date, by: User, now: datetime.datetime
) -> None:
    refuse_decision(employee, by, now)
    if not 1 <= level < HIGHEST_LEVEL:
        raise Impossible(_("An override raises to level 1, 2 or 3."))
    days = days_between(local_day(now, employee.tz), until)
    limit = DEFAULT_FIGURES.override_days
    if days < 0:
        raise Impossible(_("It ends before it begins."))
    if days > limit:
        raise Impossible(
            ngettext(
                "An override lasts at most %(n)s day.",
                "An override lasts at most %(n)s days.",
                limit,
            )
            % {"n": limit}
        )
