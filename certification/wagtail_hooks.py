"""What certification adds to the admin: its menu, and beside an article the questions that rest on it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from certification.viewsets.bank import CertificationGroup
from kb.models import ArticlePage

register_snippet(CertificationGroup)


@hooks.register("register_page_header_buttons")
def questions_of_article(page: Page, user, view_name: str, next_url: str | None = None):
    """The way from an article to its questions, for who may confirm them."""
    if isinstance(page.specific_deferred, ArticlePage) and user.has_perm(
        "certification.publish_question"
    ):
        yield Button(
            _("Questions"),
            reverse("wagtailsnippets_certification_question:draft", args=[page.pk]),
            icon_name="help",
            priority=70,
        )
