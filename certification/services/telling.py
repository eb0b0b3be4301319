"""Whom certification tells what. Each once, ids only."""

import datetime

from certification.models import Rescoring
from notifications.services.notifying import notify
from people.models import Employee

JUDGED_ANEW = "certification.judged_anew"


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
