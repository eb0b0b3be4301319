"""The reviews of whoever answers for articles: this week, later, done lately; and who has verified an article."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from kb.models import ArticlePage, Verification
from kb.reviewers import Planned, done_this_week, planned_for, planned_this_week
from kb.reviewing import week_of
from people.viewer import Viewer

# So many weeks ahead are listed one by one, so many reviews back.
WEEKS_SHOWN, DONE_SHOWN = 4, 10


@dataclass(frozen=True)
class DueReview:
    """An article that waits for a look."""

    article: ArticlePage
    due_on: datetime.date
    is_overdue: bool


@dataclass(frozen=True)
class Week:
    """What falls on one week, in the order it is to be done."""

    monday: datetime.date
    reviews: Sequence[DueReview]


@dataclass(frozen=True)
class Reviews:
    """What somebody answers for: ``beyond`` are reviews after the weeks shown, the last in the week of ``last``."""

    this_week: Sequence[DueReview]
    done: int
    later: Sequence[Week]
    beyond: int
    last: datetime.date | None
    overdue: int
    lately: Sequence[tuple[Verification, ArticlePage]]

    @property
    def all_done(self) -> bool:
        """Whether this week was begun and nothing of it is left."""
        return bool(self.done) and not self.this_week


def reviews_this_week(viewer: Viewer, at: datetime.datetime) -> list[DueReview]:
    """What falls on this week of ``viewer``. Four queries; two for who answers for nothing that is due."""
    planned = planned_this_week(viewer, at)
    if not planned:
        return []
    articles = ArticlePage.objects.visible_to(viewer, at).defer("body")
    return _due(planned, articles.in_bulk([one.article_id for one in planned]), at)


def reviews_of(viewer: Viewer, at: datetime.datetime) -> Reviews:
    """Everything on the page of reviews. Five queries, however much it is."""
    done = done_this_week(viewer, at)
    planned = planned_for(viewer, at, done=done)
    today = at.astimezone(viewer.tz).date()
    weeks = {week: list(rows) for week, rows in groupby(planned, key=lambda one: one.week)}
    now = weeks.pop(week_of(today), [])
    shown = list(weeks)[:WEEKS_SHOWN]
    lately = _verified_lately(viewer)
    wanted = [one.article_id for one in (*now, *(one for week in shown for one in weeks[week]))]
    articles = {
        article.pk: article
        for article in ArticlePage.objects.visible_to(viewer, at)
        .filter(Q(pk__in=wanted) | Q(uuid__in={one.article_uuid for one in lately}))
        .defer("body")
    }
    by_uuid = {article.uuid: article for article in articles.values()}
    return Reviews(
        this_week=_due(now, articles, at),
        done=done,
        later=[Week(week, _due(weeks[week], articles, at)) for week in shown],
        beyond=sum(len(rows) for week, rows in weeks.items() if week not in shown),
        last=max(weeks, default=None),
        overdue=sum(one.due_on <= today for one in planned),
        lately=[(one, by_uuid[one.article_uuid]) for one in lately if one.article_uuid in by_uuid],
    )


def last_verification(article: ArticlePage, viewer: Viewer) -> Verification | None:
    """Who found ``article`` true last, for who works here. One query, none if nobody has yet."""
    if not viewer.is_employee or article.verified_at is None:
        return None
    standing = Verification.objects.of_article(article.uuid).standing()
    return standing.select_related("actor").first()


def verifications_by_version(article: ArticlePage) -> dict[int, list[Verification]]:
    """Everybody who has verified ``article``, by the version, the newest first. One query.

    Call it for an article that the viewer may read, and for who works here.
    """
    found: dict[int, list[Verification]] = {}
    signed = Verification.objects.of_article(article.uuid).signed()
    for one in signed.select_related("actor", "withdrawal"):
        found.setdefault(one.number, []).append(one)
    return found


def _due(
    planned: Sequence[Planned], articles: Mapping[int, ArticlePage], at: datetime.datetime
) -> list[DueReview]:
    return [
        DueReview(articles[one.article_id], one.due_on, articles[one.article_id].is_overdue(at))
        for one in planned
        if one.article_id in articles
    ]


def _verified_lately(viewer: Viewer) -> list[Verification]:
    own = Verification.objects.looked().filter(actor=viewer.user_id)
    return list(own.order_by("-recorded_at", "-pk")[:DONE_SHOWN])
