"""Employees in the back office: one person with their history, hiring, changing; the list stands beside."""

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import HeaderButton

from people.forms.employees import ChangeForm, HireForm
from people.models import Employee
from people.selectors import working_time_of
from people.services.accounts import may_manage_login
from people.viewsets.departures import DepartureView, ReturnView
from people.viewsets.employee_list import (
    STATES,
    EmployeeFilterSet,
    EmployeeIndexView,
    role_labels,
    state_of,
)
from people.viewsets.refusing import KeptViewSet, RefusingMixin


class VisibleOnly:
    """Opens nobody whose record this person may not read; for them the page does not exist."""

    def get_object(self, queryset=None):
        visible = Employee.objects.visible_to(self.request.viewer, timezone.now())
        return get_object_or_404(visible.select_related("user", "mentor"), pk=self.kwargs["pk"])


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
