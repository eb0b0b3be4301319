"""Leaving and coming back in the back office."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from people.forms.employees import DepartureForm
from people.models import Employee
from people.refusals import Refusal
from people.services.accounts import may_manage_login
from people.services.departures import deactivate, open_handovers, reinstate

SHOWN_HANDOVERS = 100


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
