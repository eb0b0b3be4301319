"""Versions of articles: what exactly was approved, by whom, and when it is in force.

A version is a record of ours and not a Wagtail revision: autosave rewrites revisions and purging deletes
them. The row is append-only and chained per article; its state is a row of its own, changed by guarded
updates.
"""

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from common.ledger import LedgerRow, sha256_of
from kb.choices import State

if TYPE_CHECKING:
    from kb.models.articles import ArticlePage
    from people.models import User


class VersionNotAnnounced(RuntimeError):
    """The version is not waiting to come into force: somebody else was quicker, or it was withdrawn."""


class ArticleVersionQuerySet(models.QuerySet):
    """Versions."""

    def of_article(self, article_uuid: uuid.UUID) -> "ArticleVersionQuerySet":
        """All versions of one article, oldest first."""
        return self.filter(article_uuid=article_uuid).order_by("seq")

    def waiting(self, article_uuid: uuid.UUID) -> "ArticleVersionQuerySet":
        """Versions of one article that are announced and not yet in force, oldest first."""
        return self.of_article(article_uuid).filter(state__state=State.ANNOUNCED)

    def announced_from(self, revision: Revision) -> "ArticleVersion | None":
        """The version made from ``revision`` that waits to come into force, if there is one."""
        return (
            self.filter(revision_id=revision.pk, state__state=State.ANNOUNCED)
            .order_by("-seq")
            .first()
        )


class ArticleVersion(LedgerRow):
    """What was approved: the text, its hash, by whom, and from when it is meant to hold."""

    chain_subject = "article_uuid"
    chained_fields = ("snapshot_sha256", "announced_at", "effective_at", "approved_by_id")

    article_uuid = models.UUIDField(editable=False)
    title = models.CharField(max_length=255, editable=False)
    snapshot = models.JSONField(editable=False)
    snapshot_sha256 = models.CharField(max_length=64, editable=False)
    announced_at = models.DateTimeField(editable=False)
    effective_at = models.DateTimeField(editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # A hint where it came from; the revision may be rewritten or purged, the snapshot holds.
    revision_id = models.PositiveBigIntegerField(null=True, editable=False, db_index=True)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("article version")
        verbose_name_plural = _("article versions")
        constraints = [
            models.UniqueConstraint(
                fields=["article_uuid", "seq"], name="article_version_chain_is_a_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def number(self) -> int:
        """The number people see: the place in the article's chain."""
        return self.seq

    def content_problems(self) -> list[str]:
        """Says so if the stored snapshot is not the one that was hashed."""
        if sha256_of(self.snapshot) != self.snapshot_sha256:
            return ["the snapshot does not match its hash"]
        return []

    @classmethod
    def announce(
        cls,
        *,
        article: "ArticlePage",
        snapshot: dict[str, Any],
        effective_at: datetime.datetime,
        approved_by: "User | None",
        revision_id: int | None,
        now: datetime.datetime,
    ) -> "ArticleVersion":
        """Record that ``snapshot`` of ``article`` is approved to hold from ``effective_at``."""
        version = cls.append(
            recorded_at=now,
            article_uuid=article.uuid,
            title=snapshot["title"][:255],
            snapshot=snapshot,
            snapshot_sha256=sha256_of(snapshot),
            announced_at=now,
            effective_at=effective_at,
            approved_by=approved_by,
            revision_id=revision_id,
        )
        VersionState.objects.create(
            version=version,
            article_uuid=version.article_uuid,
            number=version.number,
            effective_at=effective_at,
            state=State.ANNOUNCED,
        )
        return version


class VersionStateQuerySet(models.QuerySet):
    """States of versions, changed only where the old state still holds."""

    def due(self, now: datetime.datetime) -> "VersionStateQuerySet":
        """Announced versions whose moment has come, in the order they must come into force."""
        return self.filter(state=State.ANNOUNCED, effective_at__lte=now).order_by(
            "effective_at", "number"
        )

    def bring_into_force(self, version: ArticleVersion, *, now: datetime.datetime) -> None:
        """Make ``version`` the one in force; its predecessor is superseded, older waiting ones withdrawn.

        Raises VersionNotAnnounced if it does not wait any more. Call inside a transaction.
        """
        of_article = self.filter(article_uuid=version.article_uuid)
        of_article.filter(state=State.IN_FORCE).exclude(version=version).update(
            state=State.SUPERSEDED, ended_at=now
        )
        of_article.filter(state=State.ANNOUNCED, number__lt=version.number).update(
            state=State.WITHDRAWN, ended_at=now
        )
        changed = self.filter(version=version, state=State.ANNOUNCED).update(
            state=State.IN_FORCE, in_force_at=now
        )
        if not changed:
            raise VersionNotAnnounced(f"{version} does not wait to come into force.")

    def call_off(self, version: ArticleVersion, *, now: datetime.datetime) -> bool:
        """An announced version shall not come into force after all; whether it still waited."""
        waiting = self.filter(version=version, state=State.ANNOUNCED)
        return bool(waiting.update(state=State.WITHDRAWN, ended_at=now))

    def withdraw(
        self, article_uuid: uuid.UUID, *, now: datetime.datetime, announced_too: bool = True
    ) -> int:
        """What held of this article holds no more, nor what waited; how many states that changed."""
        ended = [State.IN_FORCE, State.ANNOUNCED] if announced_too else [State.IN_FORCE]
        return self.filter(article_uuid=article_uuid, state__in=ended).update(
            state=State.WITHDRAWN, ended_at=now
        )


class VersionState(models.Model):
    """Where a version stands now, with the moments."""

    version = models.OneToOneField(
        ArticleVersion, primary_key=True, on_delete=models.PROTECT, related_name="state"
    )
    article_uuid = models.UUIDField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    effective_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=10, choices=State.choices)
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = VersionStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article_uuid"],
                condition=Q(state=State.IN_FORCE),
                name="one_version_in_force_per_article",
            )
        ]
        indexes = [
            models.Index(fields=["state", "effective_at"], name="version_state_due"),
            models.Index(fields=["article_uuid", "number"], name="version_state_of_article"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.state}"
