"""What the clock does to articles: announced versions come into force, expired ones end; and the way back."""

import datetime

import structlog
from django.db import transaction
from wagtail.models import Revision

from common.events import emit
from kb.choices import State
from kb.events import ArticleWithdrawn
from kb.extensions import PublishingRefused
from kb.models import ArticlePage, ArticleVersion, VersionState
from kb.models.publishing import lock_article
from kb.models.versions import VersionNotAnnounced
from kb.services.changes import withdraw_what_never_held
from people.models import User

logger = structlog.get_logger(__name__)


def put_in_force(*, now: datetime.datetime) -> int:
    """Put every announced version in force whose moment is at or before ``now``; how many there were.

    Safe to run anywhere, any number of times, late or twice at once: each version comes into force in a
    transaction of its own and by compare-and-set. One that cannot (an app above objects, its address is
    taken) stays announced and hinders no other; ``check_knowledge`` names it.
    """
    done = 0
    for version_id in list(VersionState.objects.due(now).values_list("pk", flat=True)):
        try:
            done += _bring_into_force(version_id, now=now)
        except VersionNotAnnounced:
            continue
        except PublishingRefused as refusal:
            logger.warning("version_refused", version=version_id, reason=str(refusal))
        except Exception:
            logger.exception("version_not_put_in_force", version=version_id)
    return done


@transaction.atomic
def _bring_into_force(version_id: int, *, now: datetime.datetime) -> bool:
    version = ArticleVersion.objects.get(pk=version_id)
    article = ArticlePage.objects.filter(uuid=version.article_uuid).first()
    if article is None:
        return False
    lock_article(article.pk)
    # Read again behind the lock: whoever held it may have put another version in force.
    article = ArticlePage.objects.get(pk=article.pk)
    revision = Revision.objects.filter(pk=version.revision_id).first()
    article.publish_version(
        version, revision, user=None, now=now, log_action="wagtail.publish.scheduled"
    )
    return True


def end_expired(*, now: datetime.datetime) -> int:
    """Take every live article off whose end has come; how many there were.

    Readers were refused them from that moment on; this makes it true for counts and indexes too.
    """
    expired = ArticlePage.objects.filter(live=True, expire_at__lte=now)
    done = 0
    for article in list(expired.order_by("expire_at")):
        article.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    return done


@transaction.atomic
def withdraw(*, article: ArticlePage, now: datetime.datetime, announced_too: bool = True) -> None:
    """Readers no longer get ``article``: nothing of it is in force, nor waits if ``announced_too``.

    The page itself must be off already (unpublished, expired). Twice is the same as once.
    """
    lock_article(article.pk)
    ended = VersionState.objects.withdraw(article.uuid, now=now, announced_too=announced_too)
    row = ArticlePage.objects.filter(pk=article.pk)
    changed = row.exclude(version=None).update(version=None)
    if not announced_too:
        article.mark_schedule()
    if ended or changed:
        emit(ArticleWithdrawn(article_id=article.pk))


@transaction.atomic
def call_off(*, article: ArticlePage, revision_id: int, by: User, now: datetime.datetime) -> bool:
    """An announced version made from this revision shall not come into force; whether one waited."""
    lock_article(article.pk)
    called_off = False
    for version in ArticleVersion.objects.waiting(article.uuid).filter(revision_id=revision_id):
        called_off |= VersionState.objects.call_off(version, now=now)
    withdraw_what_never_held(article_uuid=article.uuid, now=now)
    for revision in Revision.objects.filter(pk=revision_id, approved_go_live_at__isnull=False):
        revision.approved_go_live_at = None
        revision.save(user=by, update_fields=["approved_go_live_at"])
    return called_off


def withdraw_what_is_off(*, now: datetime.datetime) -> int:
    """The sweep: articles that are off the air and still have a version in force; how many it mended."""
    in_force = VersionState.objects.filter(state=State.IN_FORCE).values("article_uuid")
    off = ArticlePage.objects.filter(live=False, uuid__in=in_force)
    stray = list(off)
    for article in stray:
        withdraw(article=article, now=now, announced_too=False)
    return len(stray)
