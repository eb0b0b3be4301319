"""What is said to whoever answers for articles: once a week what falls on it, never one alarm for each."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.models import ArticlePage
from kb.reviewers import planned_this_week
from kb.reviewing import week_of
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

REVIEWS = Group(
    key="kb.reviews",
    label=gettext_lazy("Articles to look at"),
    note=gettext_lazy("Once a week, those you answer for whose time has come"),
)
LINE = 160


class ReviewsDue:
    """To whoever answers for articles, for one week, as long as some of them wait."""

    name = "kb.reviews_due"
    group = REVIEWS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing of a week that is over, nor once all of it is verified. Five queries."""
        this_week = week_of(at.astimezone(viewer.tz).date()).isoformat()
        if not any(item["week"] == this_week for item in params):
            return [None] * len(params)
        said = self._said(viewer, at)
        return [said if item["week"] == this_week else None for item in params]

    def _said(self, viewer: Viewer, at: datetime.datetime) -> Rendered | None:
        planned = [one.article_id for one in planned_this_week(viewer, at)]
        if not planned:
            return None
        titles = dict(ArticlePage.objects.filter(pk__in=planned).values_list("pk", "title"))
        words = ngettext(
            "%(n)s article to look at this week",
            "%(n)s articles to look at this week",
            len(planned),
        )
        return Rendered(
            title=words % {"n": len(planned)},
            line=Truncator("; ".join(titles[pk] for pk in planned if pk in titles)).chars(LINE),
            url=reverse("reviews"),
            why=_("To you: you answer for these articles being true"),
            subject=_("Your reviews of this week"),
        )


REVIEWS_DUE = ReviewsDue()
