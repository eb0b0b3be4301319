"""What somebody follows."""

import datetime
from itertools import chain

from kb.models import ArticlePage, SectionPage
from people.viewer import Viewer


def followed_by(viewer: Viewer, at: datetime.datetime) -> list[ArticlePage | SectionPage]:
    """The sections and articles that ``viewer`` follows and may see, by title. Two queries."""
    sections = SectionPage.objects.with_following(viewer).visible_to(viewer, at)
    articles = ArticlePage.objects.with_following(viewer).visible_to(viewer, at).defer("body")
    found = chain(
        sections.filter(followed_since__isnull=False), articles.filter(followed_since__isnull=False)
    )
    return sorted(found, key=lambda page: page.title.casefold())
