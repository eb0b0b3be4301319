"""The results page, the panel under the search field, and the beacon of the log."""

from urllib.parse import urlsplit

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
    asked = Asked.from_query_string(request.GET)
    target = request.htmx.target if request.htmx else None
    limit = IN_PANEL if target == PANEL else asked.limit
    at = timezone.now()
    found = None
    if asked.query:
        found = services.find(
            viewer=request.viewer,
            query=asked.query,
            at=at,
            filters=asked.filters,
            limit=limit,
            literal=asked.literal,
        )
    context = presentation.context(request, asked, found, at)
    if target == PANEL:
        if found and not found.results and len(asked.query) <= TOO_SHORT:
            return HttpResponse()
        return render(request, "search/_panel.html", context)
    if target == PAGE:
        response = render(request, "search/_results.html", context)
        response["HX-Replace-Url"] = reverse("search") + asked.address()
        return response
    return render(request, "search/search.html", context)


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
