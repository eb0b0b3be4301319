"""Signing that a version of an article is true; a new version that a second person approved is signed with it."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kb.choices import HowVerified
from kb.models import ArticlePage, ArticleVersion, ChangeNotice, Verification
from kb.models.approval import writers_of_version
from kb.models.publishing import lock_article
from kb.refusals import NotVerified
from kb.reviewers import may_verify
from people.models import User
from people.viewer import Viewer


@transaction.atomic
def verify(
    *,
    article: ArticlePage,
    number: int,
    how: str,
    key: uuid.UUID,
    viewer: Viewer,
    now: datetime.datetime,
) -> Verification:
    """``viewer`` signs that version ``number``, which they have had before them, is true. Twice is the same as once.

    Call it for an article that ``viewer`` may read. Raises NotVerified: not by this person, or the text has changed.
    """
    found = Verification.objects.filter(key=key, actor=viewer.user_id).first()
    if found is not None:
        return found
    if not may_verify(article, viewer):
        raise NotVerified(_("The verifier or the owner of the article signs that it is true."))
    if how not in HowVerified.values or how in (HowVerified.APPROVED, HowVerified.MISTAKE):
        raise NotVerified(_("Say how you have checked it."))
    lock_article(article.pk)
    in_force = ArticlePage.objects.in_force(now).filter(pk=article.pk, version=number)
    if not in_force.exists():
        raise NotVerified(
            _("The text has changed meanwhile. Look at the version that is in force now.")
        )
    try:
        with transaction.atomic():
            return sign(
                article_uuid=article.uuid,
                number=number,
                how=how,
                key=key,
                actor_id=viewer.user_id,
                now=now,
            )
    except IntegrityError:
        # The same click from another tab, quicker by a moment.
        return Verification.objects.get(key=key, actor=viewer.user_id)


@transaction.atomic
def note_approval(
    *, article: ArticlePage, number: int, now: datetime.datetime
) -> Verification | None:
    """A version came into force: who approved it has looked at it, if it is new or changes something for people.

    Not a minor change, nor an import, nor what its writer has published alone: the interval runs on.
    """
    version = ArticleVersion.objects.of_article(article.uuid).defer("snapshot").get(seq=number)
    if version.approved_by_id is None or Verification.objects.filter(version=version).exists():
        return None
    is_told = ChangeNotice.objects.telling().filter(version=version).exists()
    if not (is_told or number == 1):
        return None
    if version.approved_by_id in writers_of_version(article, version):
        return None
    return sign(
        article_uuid=article.uuid,
        number=number,
        how=HowVerified.APPROVED,
        key=uuid.uuid5(article.uuid, f"approved {number}"),
        actor_id=version.approved_by_id,
        now=now,
    )


@transaction.atomic
def take_back(
    *, verification: Verification, viewer: Viewer, now: datetime.datetime
) -> Verification:
    """``viewer`` has signed it by mistake: it stays, and a row says so. The interval runs as it did before.

    Twice is the same as once. Raises NotVerified: not theirs, or an approval.
    """
    if verification.actor_id != viewer.user_id or viewer.user_id is None:
        raise NotVerified(_("Whoever signed it takes it back."))
    if verification.how in (HowVerified.APPROVED, HowVerified.MISTAKE):
        raise NotVerified(_("Only what was signed as looked at is taken back."))
    article = ArticlePage.objects.filter(uuid=verification.article_uuid).only("pk").first()
    if article is not None:
        lock_article(article.pk)
    found = Verification.objects.filter(withdraws=verification).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            taken_back = Verification.append(
                recorded_at=now,
                article_uuid=verification.article_uuid,
                version=verification.version,
                number=verification.number,
                text_sha256=verification.text_sha256,
                how=HowVerified.MISTAKE.value,
                actor=verification.actor,
                withdraws=verification,
                key=verification.mistake_key,
            )
    except IntegrityError:
        # The same click from another tab, quicker by a moment.
        return Verification.objects.get(withdraws=verification)
    last = Verification.objects.of_article(verification.article_uuid).standing().first()
    ArticlePage.objects.filter(uuid=verification.article_uuid).update(
        verified_at=last.recorded_at if last else None
    )
    return taken_back


def follow_verifications() -> int:
    """Put right which articles say otherwise than their last verification; how many did. Two queries if none."""
    moments = dict(
        Verification.objects.standing()
        .order_by("seq")
        .values_list("article_uuid", "recorded_at")
        .iterator()
    )
    said = ArticlePage.objects.order_by().values_list("uuid", "verified_at")
    wrong = [article_uuid for article_uuid, at in said if at != moments.get(article_uuid)]
    for article_uuid in wrong:
        ArticlePage.objects.filter(uuid=article_uuid).update(verified_at=moments.get(article_uuid))
    return len(wrong)


def sign(
    *,
    article_uuid: uuid.UUID,
    number: int,
    how: str,
    key: uuid.UUID,
    actor_id: int,
    now: datetime.datetime,
) -> Verification:
    """Write that somebody has found a version true. Whoever calls it has asked whether they may."""
    version = ArticleVersion.objects.of_article(article_uuid).defer("snapshot").get(seq=number)
    signed = Verification.append(
        recorded_at=now,
        article_uuid=article_uuid,
        version=version,
        number=number,
        text_sha256=version.snapshot_sha256,
        how=how,
        actor=User.objects.get(pk=actor_id),
        key=key,
    )
    ArticlePage.objects.filter(uuid=article_uuid).update(verified_at=signed.recorded_at)
    return signed
