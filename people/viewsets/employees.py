"""Employees in the back office: list, one person with their history, hiring, changing, leaving."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from people.forms.employees import ChangeForm, DepartureForm, HireForm
from people.models import Employee, Position, Team
from people.refusals import Refusal
from people.roles import GROUP_PREFIX, Role, group_name
from people.selectors import working_time_of
from people.services.accounts import may_manage_login
from people.services.departures import deactivate, open_handovers, reinstate
from people.viewsets.refusing import KeptViewSet, RefusingMixin

HERE, COMING, LEAVING, GONE = "here", "coming", "leaving", "gone"
STATES = {
    HERE: gettext_lazy("Works here"),
    COMING: gettext_lazy("Starts later"),
    LEAVING: gettext_lazy("Leaves soon"),
    GONE: gettext_lazy("Has left"),
}
SHOWN_HANDOVERS = 100


def state_of(employee: Employee) -> str:
    """Where ``employee`` stands today: coming, here, leaving, gone."""
    today = timezone.now().astimezone(employee.tz).date()
    if employee.left_on is not None and employee.left_on < today:
        return GONE
    if employee.hired_on > today:
        return COMING
    return LEAVING if employee.left_on is not None else HERE


def role_labels(employee: Employee) -> str:
    """The roles of ``employee`` in words; their groups are loaded already."""
    names = {group.name for group in employee.user.groups.all()}
    return ", ".join(str(role.label) for role in Role if group_name(role) in names)


class EmployeeFilterSet(WagtailFilterSet):
    """By state, team with the teams below it, position, role."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=list(STATES.items()), method="filter_state"
    )
    team = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Team"), queryset=Team.objects.order_by("name"), method="filter_team"
    )
    position = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Position"),
        queryset=Position.objects.order_by("name"),
        method="filter_position",
    )
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=Role.choices, method="filter_role"
    )

    class Meta:
        model = Employee
        fields: list[str] = []

    def filter_state(self, queryset, name, value):
        today = timezone.localdate()
        return {
            HERE: queryset.working_on(today).filter(left_on__isnull=True),
            COMING: queryset.filter(hired_on__gt=today),
            LEAVING: queryset.working_on(today).filter(left_on__isnull=False),
            GONE: queryset.filter(left_on__lt=today),
        }[value]

    def filter_team(self, queryset, name, value):
        teams = Team.objects.filter(pk=value.pk).with_descendants().values("pk")
        return queryset.in_teams_on(teams, timezone.localdate())

    def filter_position(self, queryset, name, value):
        return queryset.with_assignment_on(timezone.localdate()).filter(position_id_then=value.pk)

    def filter_role(self, queryset, name, value):
        return queryset.filter(user__groups__name=GROUP_PREFIX + value)


class VisibleOnly:
    """Opens nobody whose record this person may not read; for them the page does not exist."""

    def get_object(self, queryset=None):
        visible = Employee.objects.visible_to(self.request.viewer, timezone.now())
        return get_object_or_404(visible.select_related("user", "mentor"), pk=self.kwargs["pk"])


class EmployeeIndexView(generic.IndexView):
    """The list, and its export in the columns the import reads."""

    add_item_label = gettext_lazy("Hire somebody")

    def get_base_queryset(self):
        people = Employee.objects.visible_to(self.request.viewer, timezone.now())
        return (
            people.with_place_names(timezone.localdate())
            .select_related("user", "mentor__user")
            .prefetch_related("user__groups")
        )

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query)

    @cached_property
    def columns(self):
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "full_name",
                label=_("Name"),
                sort_key="full_name",
                width="22%",
                get_url=self.get_inspect_url,
            ),
            Column("team_name", label=_("Team"), accessor="team_name", sort_key="team_name"),
            Column(
                "position_name",
                label=_("Position"),
                accessor="position_name",
                sort_key="position_name",
            ),
            Column(
                "mentor",
                label=_("Mentor"),
                accessor=lambda e: e.mentor.full_name if e.mentor else "",
            ),
            Column("roles", label=_("Roles"), accessor=role_labels),
            Column(
                "hired_on",
                label=_("Hired on"),
                sort_key="hired_on",
                accessor=lambda e: f"{e.hired_on:%d.%m.%Y}",
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda e: STATES[state_of(e)],
                primary=lambda e: state_of(e) == HERE,
            ),
        ]

    def get_filename(self):
        return f"people-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item):
        row = {
            "email": item.user.email,
            "full_name": item.full_name,
            "external_id": item.external_id or "",
            "team": item.team_name or "",
            "position": item.position_name or "",
            "mentor": item.mentor.user.email if item.mentor else "",
            "hired_on": item.hired_on,
            "left_on": item.left_on,
            "roles": role_labels(item),
            "zone": item.zone,
            "language": item.language,
        }
        # A spreadsheet would run a text that begins like a formula.
        return {
            key: f"'{value}"
            if isinstance(value, str) and value.startswith(("=", "+", "-", "@"))
            else value
            for key, value in row.items()
        }


class HireView(RefusingMixin, generic.CreateView):
    """Hiring by a form."""

    page_title = gettext_lazy("Hire somebody")
    submit_button_label = gettext_lazy("Hire somebody")

    def save_instance(self):
        return self.form.hire()

    def get_success_url(self):
        return reverse("people_employees:inspect", args=[self.object.pk])

    def get_success_message(self, instance):
        return _("%(name)s can set a password by “Password reset” on the sign-in page.") % {
            "name": instance.full_name
        }


class EditView(VisibleOnly, RefusingMixin, generic.EditView):
    """Changing by a form."""

    def get_success_url(self):
        return reverse("people_employees:inspect", args=[self.object.pk])


class PersonView(VisibleOnly, generic.InspectView):
    """One person: facts, where they worked on which days, leave and shifts ahead."""

    template_name = "people/admin/employee.html"
    page_title = gettext_lazy("Person")

    def get_context_data(self, **kwargs):
        employee = self.object
        now = timezone.now()
        day = now.astimezone(employee.tz).date()
        work = working_time_of(employee, since=now, until=now)
        may_change = self.user_has_permission("change")
        return super().get_context_data(**kwargs) | {
            "employee": employee,
            "state": STATES[state_of(employee)],
            "is_gone": employee.left_on is not None or not employee.user.is_active,
            "roles": role_labels(employee),
            "assignments": employee.assignments.select_related("team", "position").order_by(
                "-starts_on"
            ),
            "leaves": employee.leaves.filter(ends_on__gte=day).order_by("starts_on"),
            # Words, since a template would show the moments on the reader's clock, not on the person's.
            "shifts": [f"{s.start:%H:%M}–{s.end:%H:%M}" for s in work.shifts_around(now)],
            "today": day,
            "trainees": employee.trainees.filter(left_on__isnull=True).order_by("full_name"),
            "may_change": may_change,
            "may_close": may_change and may_manage_login(self.request.user, employee.user),
        }

    @cached_property
    def header_buttons(self):
        if not self.user_has_permission("change"):
            return []
        url = reverse("people_employees:edit", args=[self.object.pk])
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")]


class PersonHistoryView(VisibleOnly, HistoryView):
    """Who changed what about one person."""


class DepartureView(View):
    """Leaving: the last day, or first the list of what must be handed over."""

    def dispatch(self, request, *args, **kwargs):
        if not policy_registry.get_by_type(Employee).user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self._page(request, self._employee(request, pk))

    def post(self, request, pk):
        employee = self._employee(request, pk)
        form = DepartureForm(request.POST, today=timezone.localdate())
        if not form.is_valid():
            return self._page(request, employee, form)
        try:
            deactivate(
                employee=employee,
                last_day=form.cleaned_data["last_day"],
                close_now=form.cleaned_data["close_now"] or None,
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, employee, form)
        messages.success(
            request,
            _("The last day of %(name)s: %(day)s.")
            % {"name": employee.full_name, "day": f"{employee.left_on:%d.%m.%Y}"},
        )
        return redirect("people_employees:inspect", pk)

    @staticmethod
    def _employee(request, pk) -> Employee:
        visible = Employee.objects.visible_to(request.viewer, timezone.now())
        return get_object_or_404(visible.select_related("user"), pk=pk)

    def _page(self, request, employee: Employee, form: DepartureForm | None = None):
        handovers = open_handovers(employee)
        context = {
            "employee": employee,
            "form": form or DepartureForm(today=timezone.localdate()),
            "handovers": handovers[:SHOWN_HANDOVERS],
            "more": max(0, len(handovers) - SHOWN_HANDOVERS),
            "may_close": may_manage_login(request.user, employee.user),
        }
        return render(request, "people/admin/departure.html", context)


class ReturnView(DepartureView):
    """Coming back, or not leaving after all."""

    http_method_names = ["post"]

    def post(self, request, pk):
        employee = self._employee(request, pk)
        try:
            reinstate(employee=employee, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("%(name)s works here again.") % {"name": employee.full_name}
            )
        return redirect("people_employees:inspect", pk)


class EmployeeViewSet(KeptViewSet):
    """Everything about employees."""

    model = Employee
    name = "people_employees"
    url_prefix = "people/employees"
    icon = "user"
    menu_label = gettext_lazy("Employees")
    menu_order = 10
    ordering = "full_name"
    inspect_view_enabled = True
    kept_urls = KeptViewSet.kept_urls | {"inspect"}
    search_fields = ("full_name",)
    filterset_class = EmployeeFilterSet
    index_view_class = EmployeeIndexView
    add_view_class = HireView
    edit_view_class = EditView
    inspect_view_class = PersonView
    history_view_class = PersonHistoryView
    # The headings are those the import reads, so that a file can go out, be changed and come back.
    export_headings = {
        "email": "E-mail",
        "full_name": gettext_lazy("Full name"),
        "external_id": gettext_lazy("Personnel number"),
        "team": gettext_lazy("Team"),
        "position": gettext_lazy("Position"),
        "mentor": gettext_lazy("Mentor"),
        "hired_on": gettext_lazy("Hired on"),
        "left_on": gettext_lazy("Left on"),
        "roles": gettext_lazy("Roles"),
        "zone": gettext_lazy("Time zone"),
        "language": gettext_lazy("Language"),
    }
    list_export = tuple(export_headings)

    def get_form_class(self, for_update=False):
        return ChangeForm if for_update else HireForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("leave/<int:pk>/", DepartureView.as_view(), name="leave"),
            path("return/<int:pk>/", ReturnView.as_view(), name="return"),
        ]
