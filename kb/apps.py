"""App configuration of `kb`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KbConfig(AppConfig):
    """`kb` in the line of apps: what the company knows."""

    name = "kb"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        from kb import receivers

        receivers.connect()
        _bind_views()
        _bind_forms()
        _answer_lower_apps()


def _bind_views() -> None:
    from kb import serving
    from kb.models import ArticlePage, SectionPage
    from kb.views import pages

    serving.register(ArticlePage, pages.article)
    serving.register(SectionPage, pages.section)


def _bind_forms() -> None:
    from kb.forms.changes import ArticleForm
    from kb.models import ArticlePage

    ArticlePage.base_form_class = ArticlePage.edit_handler.base_form_class = ArticleForm


def _answer_lower_apps() -> None:
    from competence.extensions import sources
    from kb import notices
    from kb.departures import handovers
    from kb.evidence import article_links, change_links
    from people.extensions import departures

    departures.register(handovers)
    notices.register()
    sources.register(article_links)
    sources.register(change_links)
