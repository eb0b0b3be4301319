"""Articles: content that editors write, and the gate every publication passes."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail.search import index

from common.events import emit
from kb.blocks import BodyBlock
from kb.choices import REVIEW_DAYS, Audience, Kind, Risk
from kb.events import ArticlePutInForce, VersionAnnounced
from kb.extensions import PublishingRefused, publishing
from kb.file_uses import file_uses
from kb.models.files import FileUse
from kb.models.pages import LatinSlugPage
from kb.models.tags import Tag
from kb.models.versions import ArticleVersion, VersionState
from kb.querysets import ArticlePageManager

# What readers get of an article: these fields are what an approver approves and a version keeps.
SNAPSHOT_FIELDS = (
    "title",
    "kind",
    "risk",
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


class ArticleTag(ItemBase):
    """A tag on an article."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles")
    content_object = ParentalKey(
        "kb.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="an_article_has_a_tag_once"
            )
        ]


class AudienceTeam(models.Model):
    """A team that an article with the audience "chosen teams" is for. Plain rows, not revisioned."""

    article = models.ForeignKey(
        "kb.ArticlePage", on_delete=models.CASCADE, related_name="audience_teams"
    )
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "team"], name="an_article_names_a_team_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.team}"


class ArticlePage(LatinSlugPage):
    """An article: a short answer, then the body."""

    # Of the row, not of a revision: no edit, revert, schedule or copy may change these.
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    audience = models.CharField(
        _("audience"),
        max_length=8,
        choices=Audience.choices,
        default=Audience.INTERNAL,
        db_index=True,
        editable=False,
    )
    version = models.PositiveIntegerField(_("version in force"), null=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    source_id = models.CharField(max_length=255, null=True, unique=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    translation_group = models.UUIDField(default=uuid4, editable=False)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.HOW_TO)
    risk = models.CharField(_("risk"), max_length=8, choices=Risk.choices, default=Risk.NORMAL)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="ru"
    )
    answer = models.TextField(
        _("short answer"),
        blank=True,
        help_text=_("One to three sentences that can be read out or copied during a call."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    content_owner = models.ForeignKey(
        "people.Employee",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_articles",
    )
    verifier = models.ForeignKey(
        "people.Employee",
        verbose_name=_("verifier"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verified_articles",
    )
    review_interval_days = models.PositiveSmallIntegerField(
        _("review interval, days"),
        null=True,
        blank=True,
        help_text=_("Leave empty to let the risk decide."),
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True, editable=False)
    source_licence = models.CharField(_("licence"), max_length=60, blank=True, editable=False)
    source_attribution = models.CharField(
        _("attribution"), max_length=255, blank=True, editable=False
    )
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))

    objects = ArticlePageManager()

    ROW_FIELDS = (
        "uuid",
        "audience",
        "version",
        "archived_at",
        "source_id",
        "source_hash",
        "translation_group",
    )
    exclude_fields_in_copy = [
        "uuid",
        "version",
        "archived_at",
        "source_id",
        "source_hash",
        "translation_group",
    ]

    parent_page_types = ["kb.SectionPage"]
    subpage_types: list[str] = []
    template = "kb/article.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("answer"),
        index.FilterField("audience"),
        index.FilterField("language"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("answer"),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]
    settings_panels = [
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("risk"), FieldPanel("language")], _("What it is")
        ),
        MultiFieldPanel(
            [
                FieldPanel("content_owner"),
                FieldPanel("verifier"),
                FieldPanel("review_interval_days"),
            ],
            _("Who keeps it true"),
        ),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_group", "language"],
                name="one_article_per_translation_group_and_language",
            )
        ]
        indexes = [
            models.Index(fields=["language"], name="article_by_language"),
        ]

    @property
    def review_days(self) -> int:
        """Days after which somebody must look at it again: the editor's, else those of the risk."""
        return self.review_interval_days or REVIEW_DAYS[Risk(self.risk)]

    def with_content_json(self, content):
        """The article as a revision has it; what belongs to the row keeps the row's value."""
        article = super().with_content_json(content)
        for name in self.ROW_FIELDS:
            setattr(article, name, getattr(self, name))
        return article

    def snapshot(self) -> dict[str, Any]:
        """What readers would get of the article as it is in memory now, as plain JSON values."""
        return self.snapshot_of(self.serializable_data())

    @staticmethod
    def snapshot_of(content: dict[str, Any]) -> dict[str, Any]:
        """What readers would get of a revision's ``content``: only the approved fields and tag ids."""
        snapshot = {name: content.get(name) for name in SNAPSHOT_FIELDS}
        snapshot["tags"] = sorted(item["tag"] for item in content.get("tagged_items", []))
        return snapshot

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
        version = self._version_for(revision, user=user, now=now)
        if version.effective_at > now:
            self._ask_upper_apps(version)
            super().publish(
                revision,
                user=user,
                changed=changed,
                log_action=log_action,
                previous_revision=previous_revision,
                skip_permission_checks=skip_permission_checks,
            )
            emit(
                VersionAnnounced(
                    article_id=self.pk,
                    article_uuid=self.uuid,
                    number=version.number,
                    effective_at=version.effective_at,
                )
            )
            return
        self.publish_version(
            version,
            revision,
            user=user,
            now=now,
            changed=changed,
            log_action=log_action,
            previous_revision=previous_revision,
            skip_permission_checks=skip_permission_checks,
        )

    @transaction.atomic
    def publish_version(self, version, revision, *, user, now, **options) -> None:
        """Put ``version`` in force: its exact text goes live, whatever became of ``revision`` since.

        Raises VersionNotAnnounced if it does not wait to come into force, PublishingRefused as above.
        """
        self._ask_upper_apps(version)
        VersionState.objects.bring_into_force(version, now=now)
        super().publish(self._exact_revision(version, revision), user=user, **options)
        ArticlePage.objects.filter(pk=self.pk).update(version=version.number, archived_at=None)
        ArticlePage.objects.get(pk=self.pk).rewrite_file_uses()
        self.version = version.number
        emit(ArticlePutInForce(article_id=self.pk, article_uuid=self.uuid, number=version.number))

    def _ask_upper_apps(self, version: ArticleVersion) -> None:
        for ask in publishing:
            for objection in ask(self, version):
                raise PublishingRefused(objection)

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

    def _version_for(self, revision: Revision, *, user, now) -> ArticleVersion:
        """The announced version of ``revision``, or a new one that ``user`` answers for.

        The scheduler has no user: it publishes what was approved, whatever became of the revision.
        """
        snapshot = self.snapshot_of(revision.content)
        announced = ArticleVersion.objects.announced_from(revision)
        if announced is not None and (user is None or announced.snapshot == snapshot):
            return announced
        go_live_at = revision.as_object().go_live_at
        return ArticleVersion.announce(
            article=self,
            snapshot=snapshot,
            effective_at=go_live_at if go_live_at and go_live_at > now else now,
            approved_by=user,
            revision_id=revision.pk,
            now=now,
        )

    def _exact_revision(self, version: ArticleVersion, revision: Revision) -> Revision:
        """A revision with exactly the text of ``version``: the given one, or one restored from it."""
        if self.snapshot_of(revision.content) == version.snapshot:
            return revision
        return self.restore_revision(version)

    def restore_revision(self, version: ArticleVersion) -> Revision:
        """A new revision holding the text of ``version``; the latest draft stays the latest."""
        content = {**self.serializable_data(), **version.snapshot}
        tags = content.pop("tags")
        content["tagged_items"] = [
            {"pk": None, "tag": tag, "content_object": self.pk} for tag in tags
        ]
        return Revision.objects.create(
            content_object=self,
            base_content_type=self.get_base_content_type(),
            user=version.approved_by,
            created_at=version.announced_at,
            content=content,
            object_str=str(self),
        )
