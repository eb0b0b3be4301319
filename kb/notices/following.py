"""What is said to those who follow an article or a section."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import ArticlePage, ArticleTag, ChangeNotice, Subscription, TagSubscription
from notifications.extensions import Group, Rendered
from people.viewer import Viewer

FOLLOWING = Group(
    key="kb.following",
    label=gettext_lazy("Articles and sections you follow"),
    note=gettext_lazy("What is new there and does not concern your record"),
)
LINE = 160


class FollowedChanged:
    """To whoever follows the article, a section it stands in, or one of its tags."""

    name = "kb.followed_changed"
    group = FOLLOWING

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing for who may not read it, or follows it no more. Four queries."""
        found = ArticlePage.objects.visible_to(viewer, at).defer("body")
        articles = found.in_bulk([item["article"] for item in params])
        own = Subscription.objects.visible_to(viewer, at)
        followed = dict(own.values_list("page__path", "page__title"))
        tags = self._own_tags(list(articles), viewer, at)
        uuids = {article.uuid for article in articles.values()}
        notices = {
            (notice.article_uuid, notice.number): notice
            for notice in ChangeNotice.objects.visible_to(viewer, at)
            .telling()
            .filter(article_uuid__in=uuids, withdrawn_at__isnull=True)
        }
        said = []
        for item in params:
            article = articles.get(item["article"])
            notice = notices.get((article.uuid, item["number"])) if article else None
            why = self._why(article, followed, tags) if article else ""
            said.append(self._said(article, notice, why) if notice or item["is_new"] else None)
        return said

    def _own_tags(
        self, article_ids: list[int], viewer: Viewer, at: datetime.datetime
    ) -> dict[int, str]:
        """The name of a tag one follows, by the article that has it."""
        own = TagSubscription.objects.visible_to(viewer, at).values("tag")
        tagged = ArticleTag.objects.filter(content_object__in=article_ids, tag__in=own)
        return dict(tagged.values_list("content_object_id", "tag__name"))

    def _why(self, article: ArticlePage, followed: dict[str, str], tags: dict[int, str]) -> str:
        """What one follows that it belongs to, the nearest; nothing if one follows none of it any more."""
        nearest = [path for path in followed if article.path.startswith(path)]
        if nearest:
            return _("To you: you follow “%(title)s”") % {"title": followed[max(nearest, key=len)]}
        if article.pk in tags:
            return _("To you: you follow the tag “%(tag)s”") % {"tag": tags[article.pk]}
        return ""

    def _said(
        self,
        article: ArticlePage | None,
        notice: ChangeNotice | None,
        why: str,
    ) -> Rendered | None:
        if article is None or not why:
            return None
        title, url = article.title, article.url
        line = _("New article. %(answer)s") % {"answer": article.answer}
        if notice is not None:
            title = _("%(title)s, version %(number)s") % {"title": title, "number": notice.number}
            url = reverse("notice", args=[notice.pk])
            line = _("Now: %(now)s") % {"now": notice.now}
        return Rendered(
            title=title,
            line=Truncator(line).chars(LINE),
            url=url,
            why=why,
            subject=_("News in what you follow"),
        )


FOLLOWED_CHANGED = FollowedChanged()
