"""Around a request: due versions come into force, redirects leak nothing, refusals in the admin are words."""

import threading
import time
from collections.abc import Callable

import structlog
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from kb.access import can_view
from kb.refusals import KnowledgeRefused
from kb.services.versions import put_in_force

logger = structlog.get_logger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


# They tell of a database that is away, so they must not need it.
HEALTH_CHECKS = frozenset({"/livez", "/readyz"})


class PutInForceMiddleware:
    """At most once a second and process, asks whether a version's moment has come.

    So a late scheduler shows nobody a wrong text.
    """

    INTERVAL = 1.0

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._next_check = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in HEALTH_CHECKS and self._is_time():
            try:
                put_in_force(now=timezone.now())
            except DatabaseError:
                # Whoever reads now must not pay for it; the next second asks again.
                logger.exception("versions_not_put_in_force")
        return self.get_response(request)

    def _is_time(self) -> bool:
        moment = time.monotonic()
        with self._lock:
            if moment < self._next_check:
                return False
            self._next_check = moment + self.INTERVAL
            return True


class GatedRedirectMiddleware:
    """Follows Wagtail's redirects of renamed and moved pages, but only to what the viewer may see.

    Otherwise the new address would tell the title of an article that is not for them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or not request.path_info.startswith("/kb/"):
            return response
        # As they are stored: without the slash at the end and without what follows the path.
        address = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, address.partition("?")[0])
        page = found and found.redirect_page and found.redirect_page.specific
        if page is None or not can_view(page, request.viewer, timezone.now()):
            return response
        target = HttpResponse(status=302)
        target["Location"] = page.get_url(request)
        return target


class RefusalMiddleware:
    """Turns what knowledge refuses in the admin into a message on the page it was asked from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a KnowledgeRefused; every other exception is a fault and stays one."""
        if not isinstance(exception, KnowledgeRefused) or request.method != "POST":
            return None
        words, back = str(exception), _asked_from(request)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse(
                {"success": False, "error_code": "refused", "error_message": words}, status=409
            )
        messages.error(request, words)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # What Wagtail's modal windows understand: close, and go there.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)


def _asked_from(request: HttpRequest) -> str:
    """The page's own screen where the URL names a page, else the list of pages."""
    arguments = request.resolver_match.kwargs if request.resolver_match else {}
    for name in ("page_id", "page_to_move_id", "article_id"):
        if name in arguments:
            return reverse("wagtailadmin_pages:edit", args=[arguments[name]])
    return reverse("wagtailadmin_explore_root")
