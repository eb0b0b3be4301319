"""Reports on the upkeep of articles: whose nobody's is, and what is due to be looked at again."""

import django_filters
from django.forms import RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from kb.models import ArticlePage
from people.models import Employee

NO_OWNER, DUE = "no-owner", "due"


class UpkeepFilterSet(WagtailFilterSet):
    """What is the matter, whose it is, and what sort of text."""

    matter = django_filters.ChoiceFilter(
        label=_("What is the matter"),
        choices=[(NO_OWNER, _("Nobody owns it")), (DUE, _("Due for review"))],
        method="filter_matter",
        widget=RadioSelect,
        empty_label=_("Anything"),
    )
    content_owner = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=lambda request: Employee.objects.filter(owned_articles__isnull=False).distinct(),
    )

    class Meta:
        model = ArticlePage
        fields = ["matter", "content_owner", "kind", "audience", "language"]

    def filter_matter(self, articles, name, value):
        """Live articles without an owner, or those whose time for a review has come."""
        if value == NO_OWNER:
            return articles.filter(content_owner=None)
        return articles.due_for_review(timezone.now())


def _edit_address(article: ArticlePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


class UpkeepReportView(ReportView):
    """Articles in force, those looked at longest ago first."""

    model = ArticlePage
    page_title = _("Upkeep of articles")
    header_icon = "clipboard-list"
    filterset_class = UpkeepFilterSet
    any_permission_required = ["add", "change", "publish"]
    index_url_name = "kb_upkeep"
    index_results_url_name = "kb_upkeep_results"
    default_ordering = "last_published_at"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=_edit_address),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
        Column("content_owner", label=_("Owner"), accessor="content_owner.full_name"),
        Column("review_days", label=_("Review every, days"), accessor="review_days"),
        DateColumn("last_published_at", label=_("In force since")),
    ]
    list_export = [
        "title",
        "kind",
        "audience",
        "content_owner",
        "review_days",
        "last_published_at",
    ]
    export_headings = {
        "content_owner": _("Owner"),
        "review_days": _("Review every, days"),
        "last_published_at": _("In force since"),
    }

    def get_queryset(self):
        """What readers may get now, with owners."""
        self.queryset = (
            ArticlePage.objects.in_force(timezone.now())
            .select_related("content_owner")
            .order_by("last_published_at", "pk")
        )
        return super().get_queryset()
