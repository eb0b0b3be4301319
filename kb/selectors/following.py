"""What somebody follows."""

import datetime
from itertools import chain

from django.db.models import QuerySet

from kb.models import ArticlePage, ArticleTag, SectionPage, Tag, TagSubscription
from people.viewer import Viewer


def followed_by(viewer: Viewer, at: datetime.datetime) -> list[ArticlePage | SectionPage]:
    """The sections and articles that ``viewer`` follows and may see, by title. Two queries."""
    sections = SectionPage.objects.with_following(viewer).visible_to(viewer, at)
    articles = ArticlePage.objects.with_following(viewer).visible_to(viewer, at).defer("body")
    found = chain(
        sections.filter(followed_since__isnull=False), articles.filter(followed_since__isnull=False)
    )
    return sorted(found, key=lambda page: page.title.casefold())


def tags_of(viewer: Viewer, at: datetime.datetime) -> QuerySet[Tag]:
    """The tags of articles that ``viewer`` may read, by name."""
    readable = ArticlePage.objects.visible_to(viewer, at).order_by().values("pk")
    tagged = ArticleTag.objects.filter(content_object__in=readable)
    return Tag.objects.filter(pk__in=tagged.values("tag")).order_by("name_key")


def tags_followed_by(viewer: Viewer, at: datetime.datetime) -> list[Tag]:
    """The tags that ``viewer`` follows and can still meet, by name. One query."""
    own = TagSubscription.objects.visible_to(viewer, at)
    return list(tags_of(viewer, at).filter(pk__in=own.values("tag")))
