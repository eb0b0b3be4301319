"""What certification does when the text of an article, or what is said of its change, is another."""

from certification.services.standings import derive
from common.events import subscribe
from kb.events import ArticlePutInForce, ChangeWithdrawn


def follow_article(event: ArticlePutInForce | ChangeWithdrawn) -> None:
    """Questions hold up to another version now, or no longer for the one in force."""
    derive([event.article_uuid])


def connect() -> None:
    """Subscribe; called once at start."""
    subscribe(ArticlePutInForce, follow_article)
    subscribe(ChangeWithdrawn, follow_article)
