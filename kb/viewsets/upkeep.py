"""Tasks and outages in the back office."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from kb.choices import OPEN_TASK_STATES
from kb.forms.upkeep import ContentTaskForm, IncidentForm
from kb.models import ContentTask, Incident


def _day(task: ContentTask) -> str:
    return date_format(task.due_on, "j E") if task.due_on else ""


def _desk(task: ContentTask) -> str:
    return task.desk_url


def _moment(field: str):
    def told(incident: Incident) -> str:
        at = getattr(incident, field)
        return date_format(timezone.localtime(at), "j E, H:i") if at else ""

    return told


class ContentTaskIndexView(generic.IndexView):
    """The queue: what is open, the most urgent first; a filter shows the rest."""

    add_item_label = _("New task")

    def get_base_queryset(self):
        tasks = super().get_base_queryset().select_related("owner", "article", "section")
        return tasks.most_urgent_first()

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if not self.request.GET.get("state"):
            queryset = queryset.filter(state__in=OPEN_TASK_STATES)
        return queryset

    def order_queryset(self, queryset):
        """The order is that of ``most_urgent_first``, unless a column was chosen."""
        return super().order_queryset(queryset) if self.request.GET.get("ordering") else queryset

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "title",
                label=_("What is to be done"),
                accessor="said",
                get_url=_desk,
                sort_key="title",
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("subject", label=_("Article or section"), accessor="subject.title"),
            Column("owner", label=_("Owner"), accessor="owner.full_name"),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            Column("due_on", label=_("Due"), accessor=_day, sort_key="due_on"),
        ]


class ContentTaskViewSet(ModelViewSet):
    """The queue of tasks about articles and sections."""

    model = ContentTask
    name = "content_tasks"
    url_prefix = "tasks"
    icon = "clipboard-list"
    menu_label = _("Tasks")
    menu_order = 210
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("title", "details")
    search_backend_name = None
    list_per_page = 50
    list_filter = ("state", "kind", "owner")
    index_view_class = ContentTaskIndexView

    def get_form_class(self, for_update=False):
        return ContentTaskForm


class IncidentIndexView(generic.IndexView):
    """Outages, the newest first."""

    add_item_label = _("New outage")


class IncidentViewSet(ModelViewSet):
    """Outages: what is down, for whom the banner is, since and until when."""

    model = Incident
    name = "incidents"
    url_prefix = "outages"
    icon = "warning"
    menu_label = _("Outages")
    menu_order = 220
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = ("line", "words")
    search_backend_name = None
    list_per_page = 50
    ordering = "-starts_at"
    index_view_class = IncidentIndexView
    list_display = [
        "line",
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
        Column("starts_at", label=_("Since"), accessor=_moment("starts_at")),
        Column("promised_at", label=_("Promised until"), accessor=_moment("promised_at")),
        Column("ended_at", label=_("Over since"), accessor=_moment("ended_at")),
    ]

    def get_form_class(self, for_update=False):
        return IncidentForm
