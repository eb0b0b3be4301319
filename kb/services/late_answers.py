"""Telling, once a day, who owes readers an answer and who leads those."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kb.late_answers import late_answers, late_for
from kb.notices.late_feedback import FEEDBACK_LATE
from notifications.services.reminding import remind
from people.models import Employee, Team
from people.selectors import nearest_leads


def tell_of_late_answers(*, now: datetime.datetime) -> int:
    """Tell whoever owes an answer and their nearest lead, the head of what nobody owns. How many were told now.

    Once a day for a person, while they are at work; the newer takes the place of one nobody opened. Safe to repeat.
    """
    return remind(
        kind=FEEDBACK_LATE.name,
        among=_concerned(now),
        period=lambda _who, day: {"day": day.isoformat()},
        waits_for=late_for,
        now=now,
    )


def _concerned(now: datetime.datetime) -> QuerySet[Employee]:
    """Owners, their nearest leads, and the heads if something is nobody's."""
    owners = set(late_answers(now).order_by().values_list("owner_id", flat=True).distinct())
    leads = nearest_leads(owners - {None}, timezone.localdate(now)) if owners else {}
    concerned = Q(pk__in=(owners - {None}) | set(leads.values()))
    if None in owners:
        concerned |= Q(pk__in=Team.objects.filter(parent=None).values("lead"))
    return Employee.objects.filter(concerned, user__is_active=True)
