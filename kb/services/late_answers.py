"""Telling, once a day, who owes readers an answer and who leads those."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kb.late_answers import late_answers, late_for
from kb.notices.late_feedback import FEEDBACK_LATE
from notifications.models import Notification
from notifications.services.notifying import notify
from people.models import Employee, Team
from people.selectors import nearest_leads, on_shift_at
from people.viewer import Viewer


def tell_of_late_answers(*, now: datetime.datetime) -> int:
    """Tell whoever owes an answer and their nearest lead, the head of what nobody owns. How many were told now.

    Once a day for a person, while they are at work; the newer takes the place of one nobody opened. Safe to repeat.
    """
    told = 0
    for employee in on_shift_at(now, among=_concerned(now)):
        day = now.astimezone(employee.tz).date().isoformat()
        event_key = f"kb.feedback_late:{employee.pk}:{day}"
        if Notification.objects.filter(event_key=event_key).exists():
            continue
        if late_for(Viewer.of(employee.user, now), now):
            told += notify(
                event_key=event_key,
                kind=FEEDBACK_LATE.name,
                params={"day": day},
                recipients=[employee],
                about="kb.feedback_late",
                now=now,
            )
    return told


def _concerned(now: datetime.datetime) -> QuerySet[Employee]:
    """Owners, their nearest leads, and the heads if something is nobody's."""
    owners = set(late_answers(now).order_by().values_list("owner_id", flat=True).distinct())
    leads = nearest_leads(owners - {None}, timezone.localdate(now)) if owners else {}
    concerned = Q(pk__in=(owners - {None}) | set(leads.values()))
    if None in owners:
        concerned |= Q(pk__in=Team.objects.filter(parent=None).values("lead"))
    return Employee.objects.filter(concerned, user__is_active=True).select_related("user")
