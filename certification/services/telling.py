"""Whom certification tells what. Each once, ids only."""

import datetime

from certification.models import Appeal, Certificate, Rescoring
from certification.querysets import JUDGES
from notifications.services.notifying import notify, withdraw
from people.models import Employee
from people.roles import group_name

JUDGED_ANEW = "certification.judged_anew"
APPEALED = "certification.appealed"
REVOKED = "certification.certificate_revoked"
DECIDED = "certification.appeal_decided"


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


def tell_revoked(*, certificate: Certificate, now: datetime.datetime) -> int:
    """Its holder that a certificate is worth nothing any more, and why."""
    return notify(
        event_key=f"{REVOKED}:{certificate.pk}",
        kind=REVOKED,
        params={"certificate": certificate.pk},
        recipients=[certificate.employee],
        now=now,
    )
