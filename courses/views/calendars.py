"""The calendar one subscribes to, and the page on which its address is made."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.ical import calendar_of
from courses.models import CalendarFeed
from courses.selectors.sessions import in_calendar
from courses.services.subscribing import end_feed, hashed, make_feed
from people.models import Employee
from people.viewer import Viewer

KEPT = datetime.timedelta(days=60)
"""How far back a calendar reaches."""


@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Make the address of one's own calendar, which is shown this once, or end it."""
    employee = get_object_or_404(Employee, pk=request.viewer.employee_id or 0)
    address = ""
    if request.method == "POST" and request.POST.get("act") == "end":
        if end_feed(employee=employee):
            messages.success(request, _("The address answers no more."))
        return redirect("theory_calendar")
    if request.method == "POST" and request.POST.get("act") == "make":
        secret = make_feed(employee=employee, now=timezone.now())
        address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    context = {
        "feed": CalendarFeed.objects.filter(employee=employee).first(),
        "address": address,
    }
    response = render(request, "courses/calendar.html", context)
    if address:
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The sessions of whoever made this address, by the rights they have at this moment."""
    rows = CalendarFeed.objects.select_related("employee__user")
    found = rows.filter(secret_sha256=hashed(secret)).first()
    now = timezone.now()
    viewer = Viewer.of(found.employee.user, now) if found else None
    if found is None or viewer is None or viewer.employee_id != found.employee_id:
        raise Http404
    with translation.override(found.employee.language):
        content = calendar_of(in_calendar(viewer, since=now - KEPT), name=_("Sessions"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="sessions.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
