"""What people ask for, as editors see it: what most ask, what finds nothing, helps nobody, is asked anew, is slow."""

import datetime

import django_filters
from django.forms import RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from search.asked import with_open_tasks
from search.models import SearchLog

WEEK, MONTH, QUARTER = "7", "30", "90"
EMPTY, UNOPENED, AGAIN, SLOW = "empty", "unopened", "again", "slow"

SLOW_MILLISECONDS = 100
"""Longer than this and people notice that they wait."""


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
        choices=[
            (EMPTY, _("Found nothing")),
            (UNOPENED, _("Found, but nobody opened anything")),
            (AGAIN, _("Asked in other words within a minute")),
            (SLOW, _("Answered slowly")),
        ],
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
        """Those that ended so."""
        if value == EMPTY:
            return searches.finding_nothing()
        if value == UNOPENED:
            return searches.nobody_opened()
        if value == AGAIN:
            return searches.with_what_followed().filter(again=True)
        return searches.slower_than(SLOW_MILLISECONDS)


class TaskColumn(Column):
    """The button that makes a task of a question, or the task there is."""

    cell_template_name = "search/back_office/task_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """With the address that makes it."""
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return context | {
            "row": instance,
            "action": reverse("search_searches_task"),
            "back": f"{reverse('search_searches')}?{request.GET.urlencode()}",
            "may_open": request.user.has_perm("kb.view_contenttask"),
            "request": request,
        }


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
        TaskColumn("task", label=_("Task")),
        Column("times", label=_("Asked"), accessor="times"),
        Column("people", label=_("People"), accessor="people"),
        Column("empty_times", label=_("Found nothing"), accessor="empty_times"),
        Column("opened_times", label=_("Opened"), accessor="opened_times"),
        Column("again_times", label=_("Asked anew"), accessor="again_times"),
        Column("slowest", label=_("Slowest, ms"), accessor="slowest"),
        DateColumn("last_asked_at", label=_("Last asked"), accessor="last_asked_at"),
    ]
    list_export = [
        "query",
        "times",
        "people",
        "empty_times",
        "opened_times",
        "again_times",
        "slowest",
        "last_asked_at",
    ]
    export_headings = {
        "query": _("Question"),
        "times": _("Asked, times"),
        "people": _("People"),
        "empty_times": _("Found nothing, times"),
        "opened_times": _("Opened or copied, times"),
        "again_times": _("Asked in other words, times"),
        "slowest": _("Slowest, ms"),
        "last_asked_at": _("Last asked"),
    }

    def order_queryset(self, queryset):
        """The order is that of ``by_query``."""
        return queryset

    def get_filtered_queryset(self):
        """Filter single searches, then count them by question; what is slow, the slowest first."""
        questions = with_open_tasks(super().get_filtered_queryset().by_query())
        if self.filters.form.cleaned_data.get("outcome") == SLOW:
            return questions.order_by("-slowest", "query_key")
        return questions
