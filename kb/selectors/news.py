"""What changed, as customers read it: the words written for them, of articles that everybody may read."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from kb.models import ArticlePage, ChangeNotice
from kb.querysets import ChangeNoticeQuerySet
from people.viewer import ANONYMOUS


@dataclass(frozen=True)
class News:
    """One piece of news: the article as it is called now, what changed in it, since when."""

    article: ArticlePage
    number: int
    words: str
    at: datetime.datetime

    @property
    def id(self) -> str:
        """Its name for ever, whatever becomes of the article's address."""
        return uuid.uuid5(self.article.uuid, str(self.number)).urn


def news_notices(at: datetime.datetime, *, language: str = "") -> ChangeNoticeQuerySet:
    """The notices behind the news, newest first; whoever asks, they are those of a customer."""
    articles = ArticlePage.objects.visible_to(ANONYMOUS, at)
    if language:
        articles = articles.filter(language=language)
    return (
        ChangeNotice.objects.for_customers()
        .filter(article_uuid__in=articles.order_by().values("uuid"))
        .select_related("version__state")
        .defer("version__snapshot")
        .order_by("-version__state__in_force_at", "-pk")
    )


def as_news(notices: Iterable[ChangeNotice], at: datetime.datetime) -> list[News]:
    """The news of ``notices``, in their order. One query for all articles, asked through the gate again."""
    notices = list(notices)
    articles = {
        article.uuid: article
        for article in ArticlePage.objects.visible_to(ANONYMOUS, at)
        .filter(uuid__in={notice.article_uuid for notice in notices})
        .defer("body")
    }
    return [
        News(
            article=articles[notice.article_uuid],
            number=notice.number,
            words=notice.for_customers,
            at=notice.version.state.in_force_at,
        )
        for notice in notices
        if notice.article_uuid in articles
    ]
