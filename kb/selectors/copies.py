"""Copies of articles on paper: what one reader's copy shows, and whether a copy still holds."""

import datetime
import uuid
from dataclasses import dataclass

from kb.choices import Audience
from kb.models import ArticlePage, VersionState
from kb.selectors.reading import ArticleReading, read_article
from kb.staff_blocks import STAFF_BLOCKS
from people.viewer import Viewer


@dataclass(frozen=True)
class Copy:
    """The version in force as one reader may have it on paper."""

    reading: ArticleReading
    since: datetime.datetime | None

    @property
    def article(self) -> ArticlePage:
        """The article."""
        return self.reading.article

    @property
    def is_for_staff(self) -> bool:
        """Whether something in it is for employees only."""
        kinds = {block.block_type for block in self.reading.blocks}
        return self.article.audience != Audience.PUBLIC or bool(kinds & STAFF_BLOCKS)


@dataclass(frozen=True)
class Standing:
    """What a copy of version ``number`` is worth now."""

    article: ArticlePage
    number: int
    since: datetime.datetime | None

    @property
    def holds(self) -> bool:
        """Whether that version is the one in force."""
        return self.number == self.article.version


def copy_of(article_uuid: uuid.UUID, viewer: Viewer, at: datetime.datetime) -> Copy | None:
    """The copy of an article that ``viewer`` may print; None of what they may not read. At most eight queries."""
    article = ArticlePage.objects.visible_to(viewer, at).filter(uuid=article_uuid).first()
    if article is None:
        return None
    reading = read_article(article, viewer, at, with_surroundings=False)
    return Copy(reading, _in_force_since(article))


def standing_of(
    article_uuid: uuid.UUID, number: int, viewer: Viewer, at: datetime.datetime
) -> Standing | None:
    """What a copy of version ``number`` is worth to ``viewer``. Three queries.

    None alike of an article that is no more, is for others or never was, and of a version that readers never had.
    """
    articles = ArticlePage.objects.visible_to(viewer, at).defer("body")
    article = articles.filter(uuid=article_uuid).first()
    if article is None:
        return None
    had = VersionState.objects.filter(
        article_uuid=article_uuid, number=number, in_force_at__isnull=False
    )
    if not had.exists():
        return None
    return Standing(article, number, _in_force_since(article))


def _in_force_since(article: ArticlePage) -> datetime.datetime | None:
    states = VersionState.objects.filter(article_uuid=article.uuid, number=article.version)
    return states.values_list("in_force_at", flat=True).first()
