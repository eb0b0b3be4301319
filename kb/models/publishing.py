"""The gate every publication of an article passes: what goes live is the text of a version, and nothing else."""

import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from common.events import emit
from kb.announcing import notice_for
from kb.events import ArticlePutInForce, ChangeAnnounced, VersionAnnounced
from kb.extensions import PublishingRefused, publishing
from kb.file_uses import file_uses
from kb.models.changes import ChangeNotice, PendingChange
from kb.models.files import FileUse
from kb.models.versions import ArticleVersion, VersionState
from kb.refusals import LiveWithoutVersion

logger = structlog.get_logger(__name__)

# What readers get of an article: these fields are what an approver approves and a version keeps.
SNAPSHOT_FIELDS = (
    "title",
    "slug",
    "seo_title",
    "search_description",
    "kind",
    "language",
    "answer",
    "body",
    "content_owner",
    "verifier",
    "review_interval_days",
    "source_url",
    "source_licence",
    "source_attribution",
    "expire_at",
)


class PublishedByVersion:
    """Mixed into ArticlePage: publication, and the guard of the live row."""

    # The number that is being brought into force, on the article that does it and on what it saves.
    coming_into_force: int | None = None
    # The primary key of the article this one is being copied from.
    copied_from: int | None = None

    def snapshot(self) -> dict[str, Any]:
        """What readers would get of the article as it is in memory now, as plain JSON values."""
        return self.snapshot_of(self.serializable_data())

    @staticmethod
    def snapshot_of(content: dict[str, Any]) -> dict[str, Any]:
        """What readers would get of a revision's ``content``: only the approved fields and tag ids."""
        snapshot = {name: content[name] for name in SNAPSHOT_FIELDS if name in content}
        snapshot["expire_at"] = _moment(content.get("expire_at"))
        snapshot["tags"] = sorted(item["tag"] for item in content.get("tagged_items", []))
        return snapshot

    @classmethod
    def reviewed_content(cls, content: dict[str, Any]) -> dict[str, Any]:
        """What an approver answers for: the text, and the moment it comes into force."""
        return {**cls.snapshot_of(content), "go_live_at": _moment(content.get("go_live_at"))}

    # --- the row ---------------------------------------------------------------------------------------------

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        """Write the row. A new one is a draft; a live one keeps the text of its version.

        Raises LiveWithoutVersion if the text of a live article would change otherwise than by a version.
        """
        adding, fields = self._state.adding, kwargs.get("update_fields")
        if adding:
            self.live, self.has_unpublished_changes, self.version = False, True, None
        elif fields is None and self.live:
            self._refuse_other_text()
        if not self.live:
            self.live_revision = None
            if fields is None:
                self.version = None
        result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if adding and self.copied_from is not None:
            self._take_audience_teams(self.copied_from)
        return result

    def _refuse_other_text(self) -> None:
        if self.coming_into_force is not None:
            return
        stored = type(self).objects.get(pk=self.pk)
        in_force = stored.live and stored.version is not None and stored.version == self.version
        if not in_force or stored.snapshot() != self.snapshot():
            raise LiveWithoutVersion(
                _(
                    "The text of a live article changes only by a new version: publish it, or submit it."
                )
            )

    def copy_all_child_relations(self, target, exclude=None, commit=False):
        """Copy what hangs on the article, and remember whose audience the copy takes over."""
        target.copied_from = self.pk
        return super().copy_all_child_relations(target, exclude=exclude, commit=commit)

    def _take_audience_teams(self, source_pk: int) -> None:
        teams = self.audience_teams.model.objects.filter(article=source_pk)
        self.audience_teams.bulk_create(
            self.audience_teams.model(article_id=self.pk, team_id=team.team_id) for team in teams
        )

    # --- publication -----------------------------------------------------------------------------------------

    @transaction.atomic
    def publish(
        self,
        revision,
        user=None,
        changed=True,
        log_action=True,
        previous_revision=None,
        skip_permission_checks=False,
    ):
        """Publish ``revision`` as a version of ours: at once, or announced for its go-live time.

        Every road to publication ends here: buttons, workflow, scheduler, commands, scripts.
        Raises PublishingRefused if an app above objects, Wagtail's permission error if ``user`` may not.
        """
        now = timezone.now()
        lock_article(self.pk)
        self._follow_package(revision, now)
        options = {
            "changed": changed,
            "log_action": log_action,
            "previous_revision": previous_revision,
            "skip_permission_checks": skip_permission_checks,
        }
        if user is None and revision.approved_go_live_at is not None:
            self._publish_scheduled(revision, now=now, **options)
            return
        version = self._version_for(revision, user=user, now=now)
        self._announce_change(version)
        if version.effective_at <= now:
            self.publish_version(version, revision, user=user, now=now, **options)
            return
        self._ask_upper_apps(version)
        super().publish(revision, user=user, **options)
        self.mark_schedule()
        emit(
            VersionAnnounced(
                article_id=self.pk,
                article_uuid=self.uuid,
                number=version.number,
                effective_at=version.effective_at,
            )
        )

    def _follow_package(self, revision: Revision, now: datetime.datetime) -> None:
        """The articles of a package come into force at its moment, whatever date the draft has."""
        change = PendingChange.objects.filter(article=self.pk, package__effective_at__gt=now)
        moment = change.values_list("package__effective_at", flat=True).first()
        if moment is not None:
            revision.content = {**revision.content, "go_live_at": moment.isoformat()}

    def _publish_scheduled(self, revision: Revision, *, now: datetime.datetime, **options) -> None:
        """What Wagtail's scheduler asks for: only what waits as an announced version, when it is due."""
        announced = ArticleVersion.objects.announced_from(revision)
        if announced is None:
            logger.warning("schedule_without_version", article=self.pk, revision=revision.pk)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        elif announced.effective_at <= now:
            self.publish_version(announced, revision, user=None, now=now, **options)

    @transaction.atomic
    def publish_version(self, version, revision, *, user, now, **options) -> None:
        """Put ``version`` in force: its exact text goes live, whatever became of ``revision`` since.

        Raises VersionNotAnnounced if it does not wait to come into force, PublishingRefused as above.
        """
        lock_article(self.pk)
        self._ask_upper_apps(version)
        VersionState.objects.bring_into_force(version, now=now)
        exact = self._exact_revision(version, revision)
        # Only in memory: the moment has come, whatever the date in the draft says by now.
        exact.content = {**exact.content, "go_live_at": None}
        exact.content_object = self
        self.coming_into_force = version.number
        try:
            super().publish(exact, user=user, **options)
        finally:
            self.coming_into_force = None
        self.version = version.number
        type(self).objects.get(pk=self.pk).rewrite_file_uses()
        self.mark_schedule()
        emit(ArticlePutInForce(article_id=self.pk, article_uuid=self.uuid, number=version.number))

    @transaction.atomic
    def unpublish(self, set_expired=False, commit=True, user=None, log_action=True):
        """Take the article away from its readers, with what follows from it (kb/receivers.py)."""
        super().unpublish(set_expired=set_expired, commit=commit, user=user, log_action=log_action)

    def mark_schedule(self) -> None:
        """Show Wagtail which revisions wait: it forgets all of them whenever one goes live."""
        waiting = ArticleVersion.objects.waiting(self.uuid)
        for version in waiting.exclude(revision_id=None):
            Revision.objects.filter(pk=version.revision_id).update(
                approved_go_live_at=version.effective_at
            )

    def rewrite_file_uses(self) -> None:
        """Store which files the text in force uses, and whether only inside internal parts."""
        self.file_uses.all().delete()
        FileUse.objects.bulk_create(
            FileUse(
                article=self,
                image_id=use.pk if use.kind == "image" else None,
                document_id=use.pk if use.kind == "document" else None,
                internal=use.internal,
            )
            for use in sorted(file_uses(self.body))
        )

    def _announce_change(self, version: ArticleVersion) -> None:
        """Tell that something changed for people, in the same transaction (``kb.receivers``)."""
        notice = ChangeNotice.objects.telling().filter(version=version).first()
        if notice is not None:
            emit(
                ChangeAnnounced(notice_id=notice.pk, article_uuid=self.uuid, number=version.number)
            )

    def _ask_upper_apps(self, version: ArticleVersion) -> None:
        for ask in publishing:
            for objection in ask(self, version):
                raise PublishingRefused(objection)

    def _version_for(self, revision: Revision, *, user, now: datetime.datetime) -> ArticleVersion:
        """The announced version of ``revision`` if it is that very text and moment, else a new one with its notice."""
        snapshot = self.snapshot_of(revision.content)
        go_live_at = revision.as_object().go_live_at
        effective_at = go_live_at if go_live_at and go_live_at > now else now
        announced = ArticleVersion.objects.announced_from(revision)
        if announced is not None:
            same = announced.snapshot == snapshot and announced.effective_at == effective_at
            if same and not PendingChange.objects.filter(article=self.pk).exists():
                return announced
            VersionState.objects.call_off(announced, now=now)
        version = ArticleVersion.announce(
            article=self,
            snapshot=snapshot,
            effective_at=effective_at,
            approved_by=user,
            revision_id=revision.pk,
            now=now,
        )
        notice_for(version, article_pk=self.pk, instead_of=announced, by=user, now=now)
        return version

    def _exact_revision(self, version: ArticleVersion, revision: Revision | None) -> Revision:
        """A revision with exactly the text of ``version``: the given one, or one restored from it."""
        if revision is not None and self.snapshot_of(revision.content) == version.snapshot:
            return revision
        return self.restore_revision(version)

    def restore_revision(self, version: ArticleVersion) -> Revision:
        """A new revision holding the text of ``version``; the latest draft, if there is one, stays the latest."""
        content = {**self.serializable_data(), **version.snapshot, "go_live_at": None}
        tags = content.pop("tags")
        content["tagged_items"] = [
            {"pk": None, "tag": tag, "content_object": self.pk} for tag in tags
        ]
        revision = Revision.objects.create(
            content_object=self,
            base_content_type=self.get_base_content_type(),
            user=version.approved_by,
            created_at=version.announced_at,
            content=content,
            object_str=version.title,
        )
        if not Revision.objects.filter(pk=self.latest_revision_id).exists():
            self.latest_revision = revision
        return revision


def lock_article(pk: int) -> None:
    """One writer at a time per article, where the database has row locks (SQLite has one writer anyway)."""
    Page.objects.select_for_update().order_by().filter(pk=pk).values_list("pk").first()


def _moment(value: datetime.datetime | str | None) -> str | None:
    """A date of a revision's content in one form: in memory it is a date, once stored it is a text."""
    if isinstance(value, str):
        value = parse_datetime(value)
    if value is None:
        return None
    return value.astimezone(datetime.UTC).isoformat(timespec="milliseconds")
