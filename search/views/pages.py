"""The results page, the panel under the search field, and the beacon of the log."""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from search import gaps, log, presentation, services
from search.filters import Asked

PANEL, PAGE = "search-panel", "search-results"
IN_PANEL = 5
TOO_SHORT = 2
"""So few letters are only the start of typing: "nothing found" would be said too soon."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ``?q=``: a whole page, or the part of it that htmx asks for while the reader types."""
    target = request.htmx.target if request.htmx else None
    context = _answer(request, few=target == PANEL)
    if target == PANEL:
        return _while_typing(request, context)
    if target == PAGE:
        response = render(request, "search/_results.html", context)
        response["HX-Replace-Url"] = reverse("search") + context["asked"].address()
        return response
    return render(request, "search/search.html", context)


@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    """The same for a frame or a narrow window beside a ticket; articles open in a window of their own."""
    context = _answer(request, few=True, page="search_panel") | {"new_window": True}
    context["kept"] = context["asked"].kept
    if request.htmx and request.htmx.target == PAGE:
        response = _while_typing(request, context)
        response["HX-Replace-Url"] = reverse("search_panel") + context["asked"].address()
        return response
    response = render(request, "search/panel.html", context)
    ancestors = settings.PANEL_FRAME_ANCESTORS
    response._csp_replace = {"frame-ancestors": ancestors or [NONE]}
    response.xframe_options_exempt = bool(ancestors)
    if not ancestors:
        response["X-Frame-Options"] = "DENY"
    return response


def _answer(request: HttpRequest, *, few: bool, page: str = "search") -> dict[str, Any]:
    at = timezone.now()
    asked = Asked.from_query_string(request.GET, request.viewer, at)
    found = None
    if asked.query:
        found = services.find(
            viewer=request.viewer,
            query=asked.query,
            at=at,
            filters=asked.filters,
            limit=IN_PANEL if few and not asked.all else asked.limit,
            literal=asked.literal,
            within=services.WHILE_TYPING if few and request.htmx else services.FOR_A_PAGE,
        )
    return presentation.context(request, asked, found, at, whole=not few, page=page)


def _while_typing(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    found, query = context["found"], context["asked"].query
    if found and not found.results and len(query) <= TOO_SHORT:
        return HttpResponse()
    return render(request, "search/_panel.html", context)


@csrf_exempt
@require_POST
def log_search(request: HttpRequest) -> HttpResponse:
    """One settled query, sent by the browser in the background. Its signed token stands for a CSRF token."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.get_host():
        return HttpResponse(status=403)
    log.record(
        token=request.POST.get("token", ""),
        ending=request.POST.get("ending", ""),
        opened=request.POST.get("opened", ""),
        viewer=request.viewer,
        address=request.META.get("REMOTE_ADDR", ""),
        now=timezone.now(),
    )
    return HttpResponse(status=204)


@require_POST
def report_gap(request: HttpRequest) -> HttpResponse:
    """One key on the page that found nothing: the owner of the nearest section gets the question."""
    task = gaps.report(
        token=request.POST.get("token", ""), viewer=request.viewer, now=timezone.now()
    )
    if request.htmx:
        return render(request, "search/_gap.html", {"task": task}, status=200 if task else 422)
    if task is not None:
        messages.success(request, presentation.gap_words(task))
    return redirect("search")
