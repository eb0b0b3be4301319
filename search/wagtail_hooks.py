"""What search adds to the admin: the words of editors, and the report on searches."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.reports import SearchesReportView
from search.views.closest import closest
from search.views.reports import make_task
from search.viewsets.words import SearchWordsGroup


@hooks.register("register_admin_viewset")
def register_words() -> SearchWordsGroup:
    """Synonyms, glossary and pins in the menu."""
    return SearchWordsGroup()


class SearchesMenuItem(MenuItem):
    """Shown to those who may read the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person gets the report."""
        return request.user.has_perm("search.view_searchlog")


@hooks.register("register_reports_menu_item")
def register_searches_menu_item() -> MenuItem:
    """The report in the menu of reports."""
    return SearchesMenuItem(
        _("Searches"), reverse("search_searches"), name="searches", icon_name="search", order=200
    )


@hooks.register("register_admin_urls")
def register_searches_urls():
    """The report's addresses, and that of its button."""
    view = SearchesReportView
    return [
        path("reports/searches/", view.as_view(), name="search_searches"),
        path(
            "reports/searches/results/",
            view.as_view(results_only=True),
            name="search_searches_results",
        ),
        path("articles/closest/", closest, name="search_closest"),
        path("reports/searches/task/", make_task, name="search_searches_task"),
    ]


@hooks.register("insert_editor_js")
def closest_articles_script() -> SafeString:
    """The closest existing articles, beside the title of one that is written."""
    return format_html(
        '<script src="{}" data-url="{}"></script>',
        static("search/closest.js"),
        reverse("search_closest"),
    )
