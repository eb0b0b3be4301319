"""Home for each role, and the switch of single-key shortcuts."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Site

from certification.selectors.upkeep import to_confirm_count
from common.redirects import redirect_within
from courses.selectors.practice import queue_of
from dashboard.selectors import articles, duties, editing, keeping, own, team
from dashboard.workday import part_of_day
from people.roles import Role
from people.services.choices import remember_choices
from people.viewer import Viewer

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
        "recent": articles.recently_changed(
            viewer, now, preferring="" if viewer.is_employee else get_language() or ""
        ),
        "sections": articles.sections_to_browse(viewer, now, site) if site else [],
    }
    if not viewer.is_authenticated:
        return render(request, "dashboard/front.html", context)
    employee = own.own_employee(viewer)
    context["part_of_day"] = part_of_day(now.astimezone(viewer.tz))
    context["team_name"], context["workday"] = own.day_of(employee, now)
    context["own"] = own.own_record(employee, now)
    context["duties"] = duties.own_duties(employee, viewer, now) if employee else None
    context |= _for_those_who_lead(viewer, now)
    if viewer.edits_knowledge:
        context |= _for_editors(viewer, site)
    if viewer.is_superuser or viewer.has_role(Role.ADMINISTRATOR, Role.HR):
        context["gaps"] = keeping.gaps(viewer, now)
    return render(request, "dashboard/home.html", context)


def _for_those_who_lead(viewer: Viewer, now: datetime.datetime) -> dict[str, Any]:
    """The people a mentor, a lead, HR or the auditor answers for."""
    context: dict[str, Any] = {}
    if viewer.has_role(Role.MENTOR):
        context["trainees"] = team.trainees_of(viewer, now)
        context["practice"] = queue_of(viewer, now)
    if viewer.has_role(Role.HR, Role.LEAD):
        context["newcomers"] = team.newcomers_of(viewer, now)
        context["followed"] = duties.followed_duties(viewer, now)
    if viewer.has_role(Role.AUDITOR):
        context["audits"] = True
    return context | {"team": team.team_of(viewer, now)}


def _for_editors(viewer: Viewer, site: Site | None) -> dict[str, Any]:
    """Approvals that wait, own drafts, tasks about own articles, questions to confirm, and where to write."""
    waiting = editing.waiting_for_approval(viewer)
    return {
        "edits": True,
        "waiting": waiting,
        "drafts": editing.own_drafts(viewer, waiting),
        "tasks": editing.own_tasks(viewer),
        "questions": to_confirm_count(),
        "write_url": reverse("wagtailadmin_explore", args=[site.root_page_id])
        if site
        else reverse("wagtailadmin_explore_root"),
    }


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
