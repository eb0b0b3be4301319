"""Whom certification tells what. Each once, ids only."""

import datetime

from certification.models import (
    Appeal,
    Assessment,
    Campaign,
    Certificate,
    DutyPaper,
    RecertificationDuty,
    Rescoring,
)
from certification.querysets import JUDGES
from notifications.services.notifying import notify, withdraw
from people.models import Employee
from people.roles import group_name
from people.selectors import nearest_leads

JUDGED_ANEW = "certification.judged_anew"
CALLED = "certification.called"
ROUND_AHEAD = "certification.round_ahead"
LINE_CALLED = "certification.line_called"
APPEALED = "certification.appealed"
DECIDED = "certification.appeal_decided"
ASSESSED = "certification.assessed"
REVOKED = "certification.certificate_revoked"


def tell_judged_anew(*, rescoring: Rescoring, employee: Employee, now: datetime.datetime) -> int:
    """Whoever took the test that it says something else now; what they have not opened of it gives way."""
    return notify(
        event_key=f"{JUDGED_ANEW}:{rescoring.pk}",
        kind=JUDGED_ANEW,
        params={"rescoring": rescoring.pk},
        recipients=[employee],
        about=f"certification.attempt:{rescoring.submission_id}",
        now=now,
    )


def tell_called(*, campaign: Campaign, now: datetime.datetime) -> int:
    """Everybody who is called that they are, and once each of their leads; how many were told."""
    duties = RecertificationDuty.objects.standing().filter(campaign=campaign)
    people = list(Employee.objects.filter(pk__in=duties.values("employee")))
    told = notify(
        event_key=f"{CALLED}:{campaign.pk}",
        kind=CALLED,
        params={"campaign": campaign.pk},
        recipients=people,
        about=_about(campaign.pk),
        now=now,
    )
    leads = nearest_leads([one.pk for one in people], now.date())
    return told + notify(
        event_key=f"{LINE_CALLED}:{campaign.pk}",
        kind=LINE_CALLED,
        params={"campaign": campaign.pk},
        recipients=Employee.objects.filter(pk__in=set(leads.values())),
        now=now,
    )


def tell_moved(*, paper: DutyPaper, employee: Employee, now: datetime.datetime) -> int:
    """Whoever got another day that they did; what they have not opened of the old one gives way."""
    return notify(
        event_key=f"{CALLED}:{paper.duty.campaign_id}:{paper.pk}:{paper.day.isoformat()}",
        kind=CALLED,
        params={"campaign": paper.duty.campaign_id},
        recipients=[employee],
        about=_about(paper.duty.campaign_id),
        now=now,
    )


def remind_of_round(
    *, paper: DutyPaper, employee: Employee, before: int, now: datetime.datetime
) -> int:
    """Whoever is called that the day of a paper is so many days ahead; once for each of its reminders."""
    return notify(
        event_key=reminder_key(paper, before),
        kind=ROUND_AHEAD,
        params={"campaign": paper.duty.campaign_id, "day": paper.day.isoformat()},
        recipients=[employee],
        about=_about(paper.duty.campaign_id),
        now=now,
    )


def tell_of_appeal(*, appeal: Appeal, now: datetime.datetime) -> int:
    """Whoever may decide it that an appeal waits; one message, however many wait unopened."""
    groups = [group_name(role) for role in JUDGES]
    judges = Employee.objects.filter(user__groups__name__in=groups, user__is_active=True)
    return notify(
        event_key=f"{APPEALED}:{appeal.pk}",
        kind=APPEALED,
        params={"appeal": appeal.pk},
        recipients=judges.exclude(pk=appeal.submission.attempt.employee_id).distinct(),
        about="certification.appeals",
        now=now,
    )


def tell_decided(*, appeal: Appeal, now: datetime.datetime) -> int:
    """Its person what was decided, and takes the question back from everybody else."""
    withdraw(event_key=f"{APPEALED}:{appeal.pk}", now=now)
    return notify(
        event_key=f"{DECIDED}:{appeal.pk}",
        kind=DECIDED,
        params={"appeal": appeal.pk},
        recipients=[appeal.submission.attempt.employee],
        about=f"certification.appeal:{appeal.pk}",
        now=now,
    )


def tell_assessed(*, assessment: Assessment, now: datetime.datetime) -> int:
    """Whoever took the test that the last answer of it is assessed, and so the result is there."""
    submission = assessment.answer.submission
    return notify(
        event_key=f"{ASSESSED}:{assessment.pk}",
        kind=ASSESSED,
        params={"assessment": assessment.pk},
        recipients=[submission.attempt.employee],
        about=f"certification.attempt:{submission.pk}",
        now=now,
    )


def tell_revoked(*, certificate: Certificate, now: datetime.datetime) -> int:
    """Its holder that a certificate is worth nothing any more, and why."""
    return notify(
        event_key=f"{REVOKED}:{certificate.pk}",
        kind=REVOKED,
        params={"certificate": certificate.pk},
        recipients=[certificate.employee],
        now=now,
    )


def reminder_key(paper: DutyPaper, before: int) -> str:
    """By which one reminder of a paper is one: another day has reminders of its own."""
    return f"{ROUND_AHEAD}:{paper.pk}:{paper.day.isoformat()}:{before}"


def _about(campaign_id: int) -> str:
    return f"certification.campaign:{campaign_id}"
