"""Home for each role, and the switch of single-key shortcuts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Site

from common.redirects import redirect_within
from dashboard import selectors
from dashboard.workday import part_of_day
from people.roles import Role
from people.services.choices import remember_choices

YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public front for customers; for people who work here, their day."""
    now = timezone.now()
    viewer = request.viewer
    site = Site.find_for_request(request)
    context = {
        "now": now,
        # Customers read first what they can read; staff see what changed last, whatever its language.
        "recent": selectors.recently_changed(
            viewer, now, preferring="" if viewer.is_employee else get_language() or ""
        ),
        "sections": selectors.sections_to_browse(viewer, now, site) if site else [],
    }
    if not viewer.is_authenticated:
        return render(request, "dashboard/front.html", context)
    context["part_of_day"] = part_of_day(now.astimezone(viewer.tz))
    context["team"], context["workday"] = selectors.day_of(viewer, now)
    if viewer.edits_knowledge:
        waiting = selectors.waiting_for_approval(viewer)
        context |= {
            "edits": True,
            "waiting": waiting,
            "drafts": selectors.own_drafts(viewer, waiting),
            "write_url": reverse("wagtailadmin_explore", args=[site.root_page_id])
            if site
            else reverse("wagtailadmin_explore_root"),
        }
    if viewer.is_superuser or viewer.has_role(Role.ADMINISTRATOR, Role.HR):
        context["gaps"] = selectors.gaps(viewer, now)
    return render(request, "dashboard/home.html", context)


@require_POST
def set_single_keys(request: HttpRequest) -> HttpResponse:
    """Remember whether single-key shortcuts work, on this device and in the profile; back to the page."""
    response = redirect_within(request, request.POST.get("next"))
    off = request.POST.get("single_keys") == "off"
    remember_choices(viewer=request.viewer, single_keys=not off)
    if off:
        response.set_cookie(
            "single_keys",
            "off",
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie("single_keys")
    return response
