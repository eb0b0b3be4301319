"""Articles: content that editors write. How it goes live stands in ``publishing``."""

import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from kb.blocks import BodyBlock
from kb.choices import REVIEW_DAYS, Audience, Kind, Risk
from kb.models.pages import LatinSlugPage
from kb.models.publishing import PublishedByVersion
from kb.models.tags import Tag
from kb.panels import QuestionsPanel, StartersPanel
from kb.querysets import ArticlePageManager


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


class ArticlePage(PublishedByVersion, LatinSlugPage):
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
    # Of the last row of ``Verification``: lists and badges ask it of thousands.
    verified_at = models.DateTimeField(_("verified"), null=True, editable=False)
    source_id = models.CharField(max_length=255, null=True, unique=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    translation_group = models.UUIDField(default=uuid4, editable=False)
    # The highest of the competences it teaches, else its section's (``kb.services.teaching``).
    risk = models.CharField(
        _("risk"), max_length=8, choices=Risk.choices, default=Risk.NORMAL, editable=False
    )

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.HOW_TO)
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
        "verified_at",
        "source_id",
        "source_hash",
        "translation_group",
        "risk",
    )
    exclude_fields_in_copy = [
        "uuid",
        "version",
        "live_revision",
        "first_published_at",
        "last_published_at",
        "archived_at",
        "verified_at",
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
        StartersPanel(heading=_("What it begins with")),
        FieldPanel("answer"),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]
    # Fields of ``kb.forms.changes.ArticleForm``: beside the draft, approved with it, in no revision.
    change_panels = [
        *(
            FieldPanel(f"change_{name}", disable_comments=True)
            for name in ("package", "size", "was", "now", "say", "for_customers")
        ),
        QuestionsPanel(heading=_("Questions that rest on this article")),
        FieldPanel("change_waiver", disable_comments=True),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("search_description")]
    settings_panels = [
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("language")], _("What it is")),
        MultiFieldPanel(
            [
                FieldPanel("content_owner"),
                FieldPanel("verifier"),
                FieldPanel("review_interval_days"),
            ],
            _("Who keeps it true"),
        ),
        *Page.settings_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(change_panels, heading=_("What changes for people")),
            ObjectList(promote_panels, heading=_("Promote")),
            ObjectList(settings_panels, heading=_("Settings")),
        ]
    )

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

    @property
    def review_due_at(self) -> datetime.datetime | None:
        """When it is due: so long after somebody last found it true, else after it first came into force."""
        since = self.verified_at or self.first_published_at
        return since + datetime.timedelta(days=self.review_days) if since else None

    def is_overdue(self, at: datetime.datetime) -> bool:
        """Whether at ``at`` nobody has found it true for longer than its interval."""
        return self.review_due_at is not None and self.review_due_at <= at

    def with_content_json(self, content):
        """The article as a revision has it; what belongs to the row keeps the row's value."""
        article = super().with_content_json(content)
        for name in self.ROW_FIELDS:
            setattr(article, name, getattr(self, name))
        if self.coming_into_force is not None:
            article.coming_into_force = article.version = self.coming_into_force
            article.archived_at = None
        return article
