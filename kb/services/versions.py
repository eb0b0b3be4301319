"""Putting announced versions in force when their moment comes, and taking articles out of force."""

import datetime

import structlog
from django.db import transaction
from wagtail.models import Revision

from common.events import emit
from kb.events import ArticleWithdrawn
from kb.extensions import PublishingRefused
from kb.models import ArticlePage, VersionState
from kb.models.versions import VersionNotAnnounced

logger = structlog.get_logger(__name__)


def put_in_force(*, now: datetime.datetime) -> int:
    """Put every announced version in force whose moment is at or before ``now``; how many there were.

    Safe to run anywhere, any number of times, late or twice at once: each version comes into force in a
    transaction of its own and by compare-and-set.
    """
    done = 0
    for state in list(VersionState.objects.due(now).select_related("version")):
        article = ArticlePage.objects.filter(uuid=state.article_uuid).first()
        if article is None:
            continue
        try:
            with transaction.atomic():
                version = state.version
                revision = Revision.objects.filter(pk=version.revision_id).first()
                if revision is None:
                    revision = article.restore_revision(version)
                article.publish_version(version, revision, user=None, now=now)
        except VersionNotAnnounced:
            continue
        except PublishingRefused as refusal:
            logger.warning("version_not_put_in_force", article=article.pk, reason=str(refusal))
            continue
        done += 1
    return done


@transaction.atomic
def withdraw(*, article: ArticlePage, now: datetime.datetime) -> None:
    """Readers no longer get ``article``: nothing of it is in force or waits any more."""
    VersionState.objects.withdraw(article.uuid, now=now)
    ArticlePage.objects.filter(pk=article.pk).update(version=None)
    emit(ArticleWithdrawn(article_id=article.pk))
