"""Who answers for which article being true, and which of them fall on somebody's week."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from kb.choices import REVIEW_DAYS, Risk
from kb.models import ArticlePage, SectionPage, Verification
from kb.querysets import STEP
from kb.reviewing import PER_WEEK, WEEK, Review, plan, week_of
from people.viewer import Viewer


@dataclass(frozen=True)
class Planned:
    """An article that falls on a week of whoever answers for it."""

    article_id: int
    due_on: datetime.date
    week: datetime.date


def answers_for(article: ArticlePage, above: Sequence[SectionPage] | None = None) -> int | None:
    """Whose review it is: its verifier's, else its owner's, else the nearest section's owner's.

    One query where it comes to the sections ``above``, outermost first, and they are not given.
    """
    if article.verifier_id or article.content_owner_id:
        return article.verifier_id or article.content_owner_id
    if above is None:
        paths = [article.path[:end] for end in range(STEP, len(article.path), STEP)]
        above = SectionPage.objects.filter(path__in=paths).order_by("path")
    owners = [section.content_owner_id for section in above if section.content_owner_id]
    return owners[-1] if owners else None


def may_verify(
    article: ArticlePage, viewer: Viewer, above: Sequence[SectionPage] | None = None
) -> bool:
    """Its verifier, its owner, whoever answers for it by the section, and who edits. Queries as ``answers_for``."""
    if viewer.edits_knowledge:
        return True
    if viewer.employee_id is None:
        return False
    own = (article.verifier_id, article.content_owner_id)
    return viewer.employee_id in own or answers_for(article, above) == viewer.employee_id


def reviewed_by(viewer: Viewer, at: datetime.datetime):
    """The articles in force that ``viewer`` answers for and may read. One query besides."""
    if viewer.employee_id is None:
        return ArticlePage.objects.none()
    mine = (
        Q(verifier=viewer.employee_id)
        | Q(verifier=None, content_owner=viewer.employee_id)
        | Q(verifier=None, content_owner=None) & _in_sections_of(viewer.employee_id)
    )
    return ArticlePage.objects.visible_to(viewer, at).filter(mine)


def done_this_week(viewer: Viewer, at: datetime.datetime) -> int:
    """How many articles ``viewer`` has looked at this week. One query."""
    today = at.astimezone(viewer.tz).date()
    monday = datetime.datetime.combine(week_of(today), datetime.time(), viewer.tz)
    done = Verification.objects.looked().filter(actor=viewer.user_id, recorded_at__gte=monday)
    return done.order_by().values("article_uuid").distinct().count()


def planned_for(viewer: Viewer, at: datetime.datetime, *, done: int | None = None) -> list[Planned]:
    """What falls on which week of ``viewer``, in the order it is to be done. Three queries, however much it is.

    ``done`` is ``done_this_week``, if it is known.
    """
    return _planned(reviewed_by(viewer, at).with_true_since(), viewer, at, done)


def planned_this_week(viewer: Viewer, at: datetime.datetime) -> list[Planned]:
    """The beginning of ``planned_for``: what falls on this week. Four queries, and quick behind any backlog.

    Of the articles with one interval only as many can fall on it as a week holds.
    """
    today = at.astimezone(viewer.tz).date()
    monday = datetime.datetime.combine(week_of(today) + WEEK, datetime.time(), viewer.tz)
    due = reviewed_by(viewer, at).due_for_review(monday - datetime.timedelta(microseconds=1))
    first = Window(
        RowNumber(),
        partition_by=F("review_days_set"),
        order_by=[F("reads").desc(), F("true_since").asc(), F("pk").asc()],
    )
    candidates = due.with_reads().annotate(place=first).filter(place__lte=PER_WEEK)
    planned = _planned(candidates, viewer, at, None)
    return [one for one in planned if one.week == week_of(today)]


def _planned(articles, viewer: Viewer, at: datetime.datetime, done: int | None) -> list[Planned]:
    rows = (
        articles.with_reads()
        .order_by()
        .values_list("pk", "risk", "review_interval_days", "true_since", "reads")
    )
    due = sorted(
        (since + datetime.timedelta(days=days or REVIEW_DAYS[Risk(risk)]), pk, reads)
        for pk, risk, days, since, reads in rows
        if since is not None
    )
    if not due:
        return []
    # By their place in the line, so that of equals the one due earlier by an hour goes first.
    reviews = [
        Review(key=place, due_on=moment.astimezone(viewer.tz).date(), reads=reads)
        for place, (moment, _pk, reads) in enumerate(due)
    ]
    done = done_this_week(viewer, at) if done is None else done
    weeks = plan(reviews, today=at.astimezone(viewer.tz).date(), done=done)
    return [Planned(due[place][1], reviews[place].due_on, week) for place, week in weeks.items()]


def _in_sections_of(employee_id: int) -> Q:
    """Below the sections that an employee owns, as far as nobody owns one nearer."""
    owned = list(
        SectionPage.objects.filter(content_owner__isnull=False)
        .order_by("path")
        .values_list("path", "content_owner_id")
    )
    found = Q(pk__in=[])
    for path, owner in owned:
        if owner == employee_id:
            below = Q(path__startswith=path)
            for other in _nearest_others(path, owned, employee_id):
                below &= ~Q(path__startswith=other)
            found |= below
    return found


def _nearest_others(path: str, owned: list[tuple[str, int]], employee_id: int) -> Iterator[str]:
    """The sections below ``path`` that another person owns, without what lies below them. ``owned`` is in order."""
    last = None
    for other, owner in owned:
        inside = other != path and other.startswith(path)
        if inside and owner != employee_id and not (last and other.startswith(last)):
            last = other
            yield other
