"""Wagtail's side panels of the editor where ours say more."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.models import Page

from kb.models import ArticlePage
from kb.selectors.hints import Advice, advice_on


class ArticleChecksSidePanel(ChecksSidePanel):
    """Wagtail's checks of the page, and above them ours of the text."""

    template_name = "kb/back_office/checks.html"

    class SidePanelToggle(ChecksSidePanel.SidePanelToggle):
        """With how much is worth a look, before anybody opens the panel."""

        def get_context_data(self, parent_context) -> dict[str, Any]:
            """Of the draft as it is saved."""
            context = super().get_context_data(parent_context)
            return context | {"count": len(self.panel.advice)}

    def __init__(self, article: ArticlePage, request: HttpRequest, *, parent: Page | None) -> None:
        super().__init__(article, request)
        self.parent = parent

    @cached_property
    def advice(self) -> list[Advice]:
        """About what is saved; nothing is said of what nobody has begun to write."""
        return advice_on(self.object) if self.object.pk else []

    @property
    def address(self) -> str:
        """Where the draft is sent to be looked at, as it stands in the form."""
        if self.object.pk:
            return reverse("kb_hints", args=[self.object.pk])
        return reverse("kb_hints_new", args=[self.parent.pk])

    def get_context_data(self, parent_context) -> dict[str, Any]:
        """With the advice."""
        context = super().get_context_data(parent_context)
        return context | {"advice": self.advice, "address": self.address}

    @property
    def media(self) -> forms.Media:
        """What looks again while somebody writes."""
        return forms.Media(js=["kb/hints.js"])


def with_article_checks(panels: MediaContainer, *, parent: Page | None = None) -> MediaContainer:
    """The panels, with ours in the place of Wagtail's checks where an article is written."""
    return MediaContainer(
        ArticleChecksSidePanel(one.object, one.request, parent=parent)
        if type(one) is ChecksSidePanel and isinstance(one.object, ArticlePage)
        else one
        for one in panels
    )
