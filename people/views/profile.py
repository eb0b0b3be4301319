"""The page about oneself."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.forms.profile import ProfileForm
from people.models import Employee
from people.selectors import assignment_on, working_time_of
from people.services.choices import remember_choices

# What a device remembers of the same choices; it gives way once they are made in the profile.
DEVICE_COOKIES = (settings.LANGUAGE_COOKIE_NAME, "theme", "single_keys")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, my shift today, and my choices. A login without an employee has no choices to keep."""
    viewer = request.viewer
    employee = (
        Employee.objects.select_related("mentor", "user").filter(pk=viewer.employee_id).first()
    )
    if employee is None:
        return render(request, "people/profile.html", {"email": request.user.email})
    form = ProfileForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        remember_choices(viewer=viewer, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        response = redirect("profile")
        for name in DEVICE_COOKIES:
            response.delete_cookie(name)
        return response
    now = timezone.now()
    today = now.astimezone(employee.tz).date()
    context = {
        "employee": employee,
        "email": employee.user.email,
        "assignment": assignment_on(employee, today),
        "leave": employee.leaves.covering(today).first(),
        "shifts": working_time_of(employee, since=now, until=now).shifts_around(now),
        "form": form,
    }
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)
