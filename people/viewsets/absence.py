"""Days away and shifts in the back office."""

import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from people.forms.absence import LeaveForm, ShiftForm
from people.models import Leave, Shift
from people.querysets import MOST_WORDS
from people.viewsets.refusing import RefusingMixin


class OwnRowsIndexView(generic.IndexView):
    """Only rows about people whose record may be read."""

    def get_base_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        rows = policy.instances_user_has_any_permission_for(self.request.user, ["change", "view"])
        return rows.select_related("employee")

    def search_queryset(self, queryset):
        for word in self.search_query.split()[:MOST_WORDS]:
            queryset = queryset.filter(employee__full_name__icontains=word)
        return queryset


class LeaveIndexView(OwnRowsIndexView):
    """Who is away when."""

    add_item_label = gettext_lazy("New leave")

    @cached_property
    def columns(self):
        return [
            self._get_title_column("employee", TitleColumn),
            Column(
                "starts_on",
                label=_("From"),
                sort_key="starts_on",
                accessor=lambda r: f"{r.starts_on:%d.%m.%Y}",
            ),
            Column(
                "ends_on",
                label=_("Until"),
                sort_key="ends_on",
                accessor=lambda r: f"{r.ends_on:%d.%m.%Y}",
            ),
        ]


class AddView(RefusingMixin, generic.CreateView):
    """A new row, by a service."""


class EditView(RefusingMixin, generic.EditView):
    """A changed row, by a service."""


class LeaveViewSet(ModelViewSet):
    """Days away."""

    model = Leave
    name = "people_leaves"
    url_prefix = "people/leaves"
    icon = "date"
    menu_label = gettext_lazy("Leave")
    menu_order = 40
    ordering = "-starts_on"
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ("employee__full_name",)
    search_backend_name = None
    index_view_class = LeaveIndexView
    add_view_class = AddView
    edit_view_class = EditView

    def get_form_class(self, for_update=False):
        return LeaveForm


def in_own_zone(moment, employee) -> str:
    """``moment`` as the person's own clock shows it."""
    return f"{moment.astimezone(employee.tz):%d.%m.%Y %H:%M}"


class ShiftIndexView(OwnRowsIndexView):
    """Shifts, in the zone of the person who works them."""

    add_item_label = gettext_lazy("New shift")

    def get_base_queryset(self):
        month_ago = timezone.now() - datetime.timedelta(days=31)
        return super().get_base_queryset().filter(ends_at__gte=month_ago)

    @cached_property
    def columns(self):
        return [
            self._get_title_column("employee", TitleColumn),
            Column(
                "starts_at",
                label=_("From"),
                sort_key="starts_at",
                accessor=lambda shift: in_own_zone(shift.starts_at, shift.employee),
            ),
            Column(
                "ends_at",
                label=_("Until"),
                accessor=lambda shift: in_own_zone(shift.ends_at, shift.employee),
            ),
            Column("zone", label=_("Time zone"), accessor="employee.zone"),
        ]


class ShiftViewSet(ModelViewSet):
    """Shifts of the last month and those ahead."""

    model = Shift
    name = "people_shifts"
    url_prefix = "people/shifts"
    icon = "time"
    menu_label = gettext_lazy("Shifts")
    menu_order = 50
    ordering = "-starts_at"
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ("employee__full_name",)
    search_backend_name = None
    index_view_class = ShiftIndexView
    add_view_class = AddView
    edit_view_class = EditView

    def get_form_class(self, for_update=False):
        return ShiftForm
