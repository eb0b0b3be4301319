"""Sections: the tree articles stand in."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from kb.choices import Risk
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

    parent_page_types = ["wagtailcore.Page", "kb.SectionPage"]
    subpage_types = ["kb.SectionPage", "kb.ArticlePage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("content_owner"),
        FieldPanel("risk"),
    ]
    template = "kb/section.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def with_content_json(self, content):
        """The section as a revision has it; its uuid belongs to the row, not to a revision."""
        section = super().with_content_json(content)
        section.uuid = self.uuid
        return section
