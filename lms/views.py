"""Views of the project itself: health, the switches of language and theme, the error pages."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from common import triggers
from common.ledger import append_only_models
from common.redirects import redirect_within
from lms.context import THEMES
from people.services.choices import remember_choices
from search.health import notes as search_notes

YEAR = 365 * 24 * 3600


@require_GET
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks no service."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Requests can be served: database there, migrated, ledgers guarded. 503 with the reasons if not.

    ``notes`` say what is worth knowing but stops nothing: search answers even without its cluster.
    """
    problems: list[str] = []
    notes: list[str] = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            problems.append("migrations are pending")
        for model in append_only_models():
            problems += [f"trigger {name} is missing" for name in triggers.missing(model)]
        if not problems:
            notes = search_notes()
    except DatabaseError:
        problems.append("the database does not answer")
    return JsonResponse(
        {
            "status": "ready" if not problems else "not ready",
            "problems": problems,
            "notes": notes,
        },
        status=503 if problems else 200,
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the interface language in a cookie and, for a person, in their profile."""
    response = redirect_within(request, request.POST.get("next"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember_choices(viewer=request.viewer, language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie and the profile; anything else leaves it to the system."""
    response = redirect_within(request, request.POST.get("next"))
    theme = request.POST.get("theme", "")
    remember_choices(viewer=request.viewer, theme=theme if theme in THEMES else "")
    if theme in THEMES:
        response.set_cookie(
            "theme",
            theme,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie("theme")
    return response


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One answer for what is missing and what is forbidden; 401 to anonymous htmx and API calls."""
    viewer = getattr(request, "viewer", None)
    anonymous = viewer is None or not viewer.is_authenticated
    machine = request.headers.get("HX-Request") == "true" or request.path.startswith("/api/")
    if anonymous and machine:
        return JsonResponse({"detail": "sign in"}, status=401)
    if machine:
        return JsonResponse({"detail": "not found"}, status=404)
    return render(request, "404.html", {"next": request.get_full_path()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault, with the request's id as the code to quote."""
    return render(
        request, "500.html", {"code": getattr(request, "request_id", "")[:4].upper()}, status=500
    )
