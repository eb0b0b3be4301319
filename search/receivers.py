"""What search does when knowledge changes: it notes the articles, in the same transaction, and rings the keeper."""

from django.db import transaction
from django.utils import timezone

from common.events import subscribe
from kb.events import (
    ArticlePutInForce,
    ArticlesImported,
    ArticlesMoved,
    ArticleWithdrawn,
    AudienceChanged,
)
from search import changes, keeper


def note_article(event: ArticlePutInForce | ArticleWithdrawn | AudienceChanged) -> None:
    """One article changed for its readers."""
    _note([event.article_id])


def note_articles(event: ArticlesMoved | ArticlesImported) -> None:
    """Many articles changed at once."""
    _note(event.article_ids)


def _note(article_ids) -> None:
    changes.note(article_ids=article_ids, now=timezone.now())
    transaction.on_commit(keeper.ring)


def connect() -> None:
    """Subscribe to everything that changes what readers may find."""
    for event_type in (ArticlePutInForce, ArticleWithdrawn, AudienceChanged):
        subscribe(event_type, note_article, in_transaction=True)
    for event_type in (ArticlesMoved, ArticlesImported):
        subscribe(event_type, note_articles, in_transaction=True)
