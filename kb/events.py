"""What kb tells the apps above. Ids and dates only."""

import datetime
import uuid
from dataclasses import dataclass

from common.events import Event


@dataclass(frozen=True, kw_only=True)
class ArticlePutInForce(Event):
    """Readers now get version ``number`` of this article."""

    article_id: int
    article_uuid: uuid.UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionAnnounced(Event):
    """A version is approved and will come into force at ``effective_at``."""

    article_id: int
    article_uuid: uuid.UUID
    number: int
    effective_at: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class ArticleWithdrawn(Event):
    """Readers no longer get this article: unpublished, expired or archived."""

    article_id: int


@dataclass(frozen=True, kw_only=True)
class ArticlesMoved(Event):
    """These articles stand in another place of the tree, or a section above them was renamed."""

    article_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AudienceChanged(Event):
    """Who may read this article has changed."""

    article_id: int


@dataclass(frozen=True, kw_only=True)
class ArticlesImported(Event):
    """An import wrote these articles, each with a version in force."""

    article_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleOpened(Event):
    """Somebody opened an article's page."""

    article_id: int
    number: int
    employee_id: int | None


@dataclass(frozen=True, kw_only=True)
class ChangeAnnounced(Event):
    """A version changed something that people must be told of, or must confirm."""

    notice_id: int
    article_uuid: uuid.UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(Event):
    """A change was wrongly called material, or its version never came into force."""

    notice_id: int
    article_uuid: uuid.UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class VersionConfirmed(Event):
    """Somebody has confirmed that they know this version."""

    employee_id: int
    article_uuid: uuid.UUID
    number: int
