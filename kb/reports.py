"""Reports on articles: whose nobody's is, what is due for review, where guided scripts strand people."""

import django_filters
from django.db.models import Case, Count, Value, When
from django.forms import RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from kb.choices import ScriptOutcome
from kb.models import ArticlePage, ScriptWalk
from people.models import Employee

NO_OWNER, DUE = "no-owner", "due"
ENDS = ScriptOutcome.choices


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
    default_ordering = "true_since"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=_edit_address),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
        Column("content_owner", label=_("Owner"), accessor="content_owner.full_name"),
        Column("review_days", label=_("Review every, days"), accessor="review_days"),
        DateColumn("verified_at", label=_("Verified")),
        DateColumn("review_due_at", label=_("Next review")),
        DateColumn("last_published_at", label=_("In force since")),
    ]
    list_export = [
        "title",
        "kind",
        "audience",
        "content_owner",
        "verifier",
        "review_days",
        "verified_at",
        "review_due_at",
        "last_published_at",
    ]
    export_headings = {
        "content_owner": _("Owner"),
        "verifier": _("Verifier"),
        "review_days": _("Review every, days"),
        "verified_at": _("Verified"),
        "review_due_at": _("Next review"),
        "last_published_at": _("In force since"),
    }

    def get_queryset(self):
        """What readers may get now, with owners."""
        self.queryset = (
            ArticlePage.objects.in_force(timezone.now())
            .select_related("content_owner", "verifier")
            .with_true_since()
            .order_by("true_since", "pk")
        )
        return super().get_queryset()


class ScriptsReportView(ReportView):
    """Where walks through guided scripts end: an outcome, or a step at which people give up."""

    model = ScriptWalk
    page_title = _("Guided scripts")
    header_icon = "list-ul"
    any_permission_required = ["view"]
    index_url_name = "kb_scripts"
    index_results_url_name = "kb_scripts_results"
    columns = [
        Column("article__title", label=_("Article"), accessor="article__title"),
        Column("version", label=_("Version"), accessor="version"),
        Column("at_step", label=_("Last step"), accessor="at_step"),
        Column("end", label=_("How it ended"), accessor="end"),
        Column("walks", label=_("Walks"), accessor="walks"),
    ]
    list_export = ["article__title", "version", "at_step", "end", "walks"]

    def get_queryset(self):
        """A row for each step that walks ended at, the most frequent first within a script."""
        self.queryset = (
            ScriptWalk.objects.values(
                "article_id", "article__title", "version", "block_id", "at_step"
            )
            .annotate(
                walks=Count("pk"),
                end=Case(
                    *(When(outcome=value, then=Value(str(label))) for value, label in ENDS),
                    default=Value(str(_("given up"))),
                ),
            )
            .order_by("article__title", "-version", "block_id", "-walks", "at_step")
        )
        return super().get_queryset()
