"""Telling whoever answers for articles, once a week, what falls on the week."""

import datetime

from django.db.models import QuerySet

from kb.models import ArticlePage, SectionPage
from kb.notices.reviews import REVIEWS_DUE
from kb.reviewers import planned_this_week
from kb.reviewing import WEEK, week_of
from notifications.services.reminding import remind
from people.models import Employee


def remind_of_reviews(*, now: datetime.datetime) -> int:
    """Tell everybody on whose week something falls, once they are at work this week. How many were told now.

    Safe to repeat: one message a week for a person, and the newer takes the place of one nobody opened.
    """
    return remind(
        kind=REVIEWS_DUE.name,
        among=_those_who_answer(now),
        period=lambda _who, day: {"week": week_of(day).isoformat()},
        waits_for=planned_this_week,
        now=now,
    )


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
    return Employee.objects.filter(pk__in=found - {None}, user__is_active=True)
