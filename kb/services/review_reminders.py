"""Telling whoever answers for articles, once a week, what falls on the week."""

import datetime

from django.db.models import QuerySet

from kb.models import ArticlePage, SectionPage
from kb.notices.reviews import REVIEWS_DUE
from kb.reviewers import planned_this_week
from kb.reviewing import WEEK, week_of
from notifications.models import Notification
from notifications.services.notifying import notify
from people.models import Employee
from people.selectors import on_shift_at
from people.viewer import Viewer


def remind_of_reviews(*, now: datetime.datetime) -> int:
    """Tell everybody on whose week something falls, once they are at work this week. How many were told now.

    Safe to repeat: one message a week for a person, and the newer takes the place of one nobody opened.
    """
    told = 0
    for employee in on_shift_at(now, among=_those_who_answer(now)):
        week = week_of(now.astimezone(employee.tz).date()).isoformat()
        event_key = f"kb.reviews:{employee.pk}:{week}"
        if Notification.objects.filter(event_key=event_key).exists():
            continue
        if planned_this_week(Viewer.of(employee.user, now), now):
            told += notify(
                event_key=event_key,
                kind=REVIEWS_DUE.name,
                params={"week": week},
                recipients=[employee],
                about="kb.reviews",
                now=now,
            )
    return told


def _those_who_answer(now: datetime.datetime) -> QuerySet[Employee]:
    """Everybody who answers for an article that is due within a week; some of them may have no place for it.

    Two queries besides.
    """
    due = ArticlePage.objects.in_force(now).due_for_review(now + WEEK).order_by()
    named = due.values_list("verifier_id", "content_owner_id").distinct()
    found = {verifier or owner for verifier, owner in named}
    if None in found:
        sections = SectionPage.objects.filter(content_owner__isnull=False)
        found |= set(sections.order_by().values_list("content_owner_id", flat=True).distinct())
    people = Employee.objects.filter(pk__in=found - {None}, user__is_active=True)
    return people.select_related("user")
