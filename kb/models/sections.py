"""Sections: the tree articles stand in."""

from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from common.events import emit
from kb.choices import Risk
from kb.events import ArticlesMoved
from kb.models.pages import LatinSlugPage
from kb.querysets import SectionPageManager


class SectionPage(LatinSlugPage):
    """A section with its owner. A reader sees it if they may see something in it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    intro = models.TextField(_("introduction"), blank=True)
    content_owner = models.ForeignKey(
        "people.Employee",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_sections",
    )
    risk = models.CharField(_("risk"), max_length=8, choices=Risk.choices, default=Risk.NORMAL)

    objects = SectionPageManager()

    exclude_fields_in_copy = ["uuid"]
    parent_page_types = ["wagtailcore.Page", "kb.SectionPage"]
    subpage_types = ["kb.SectionPage", "kb.ArticlePage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("content_owner"),
        FieldPanel("risk"),
    ]
    promote_panels = [FieldPanel("slug")]
    template = "kb/section.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def with_content_json(self, content):
        """The section as a revision has it; its uuid belongs to the row, not to a revision."""
        section = super().with_content_json(content)
        section.uuid = self.uuid
        return section

    @staticmethod
    def reviewed_content(content: dict[str, Any]) -> dict[str, Any]:
        """What an approver of a section answers for."""
        names = ("title", "slug", "intro", "content_owner", "risk", "go_live_at", "expire_at")
        return {name: content.get(name) for name in names}

    @transaction.atomic
    def publish(self, revision, *args, **kwargs):
        """Publish ``revision``; articles below a renamed section have another address and another path."""
        before = self._shown()
        super().publish(revision, *args, **kwargs)
        if self._shown() != before:
            emit(ArticlesMoved(article_ids=self.article_ids_below()))

    def _shown(self) -> tuple:
        return SectionPage.objects.values_list("title", "slug", "live").get(pk=self.pk)

    def article_ids_below(self) -> tuple[int, ...]:
        """The primary keys of all articles in this section and the sections below it."""
        below = self.get_descendants().filter(articlepage__isnull=False)
        return tuple(below.values_list("pk", flat=True))
