"""What people ask for, as editors see it: top questions, those that found nothing, those that helped nobody."""

import datetime

import django_filters
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from search.models import SearchLog

WEEK, MONTH, QUARTER = "7", "30", "90"
EMPTY, UNOPENED = "empty", "unopened"


class SearchesFilterSet(WagtailFilterSet):
    """Since when, who asked, and how it ended."""

    since = django_filters.ChoiceFilter(
        label=_("Asked within"),
        choices=[(WEEK, _("7 days")), (MONTH, _("30 days")), (QUARTER, _("90 days"))],
        method="filter_since",
        widget=RadioSelect,
        empty_label=_("Any time"),
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome"),
        choices=[(EMPTY, _("Found nothing")), (UNOPENED, _("Found, but nothing was opened"))],
        method="filter_outcome",
        widget=RadioSelect,
        empty_label=_("Any outcome"),
    )

    class Meta:
        model = SearchLog
        fields = ["since", "outcome", "staff"]

    def filter_since(self, searches, name, value):
        """Those of the last so many days."""
        return searches.asked_since(timezone.now() - datetime.timedelta(days=int(value)))

    def filter_outcome(self, searches, name, value):
        """Those that found nothing, or found something that nobody opened."""
        if value == EMPTY:
            return searches.finding_nothing()
        return searches.filter(hits__gt=0, opened=None)


class SearchesReportView(ReportView):
    """One row per question, the most frequent first."""

    model = SearchLog
    page_title = _("Searches")
    header_icon = "search"
    filterset_class = SearchesFilterSet
    any_permission_required = ["view"]
    index_url_name = "search_searches"
    index_results_url_name = "search_searches_results"
    columns = [
        Column("query", label=_("Question"), accessor="query"),
        Column("times", label=_("Asked, times"), accessor="times"),
        Column("people", label=_("People"), accessor="people"),
        Column("empty_times", label=_("Found nothing, times"), accessor="empty_times"),
        Column("opened_times", label=_("Opened or copied, times"), accessor="opened_times"),
        DateColumn("last_asked_at", label=_("Last asked"), accessor="last_asked_at"),
    ]
    list_export = ["query", "times", "people", "empty_times", "opened_times", "last_asked_at"]
    export_headings = {
        "query": _("Question"),
        "times": _("Asked, times"),
        "people": _("People"),
        "empty_times": _("Found nothing, times"),
        "opened_times": _("Opened or copied, times"),
        "last_asked_at": _("Last asked"),
    }

    def order_queryset(self, queryset):
        """The order is that of ``by_query``."""
        return queryset

    def get_filtered_queryset(self):
        """Filter single searches, then count them by question."""
        return super().get_filtered_queryset().by_query()
