"""Before a reader's request: due versions come into force. After it: redirects that leak nothing."""

import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.contrib.redirects.middleware import get_redirect

from kb.access import can_view
from kb.services.versions import put_in_force

Handler = Callable[[HttpRequest], HttpResponse]


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
        if self._is_time():
            put_in_force(now=timezone.now())
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
        redirect = get_redirect(request, request.get_full_path())
        if redirect is None:
            return response
        page = redirect.redirect_page and redirect.redirect_page.specific
        if page is None or not can_view(page, request.viewer, timezone.now()):
            return response
        target = HttpResponse(status=302)
        target["Location"] = page.get_url(request)
        return target
