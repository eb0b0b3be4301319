"""Middleware of the site: request log, headers every reply carries, and the access registry."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDictKeyError

from common.access import BACK_OFFICE, registry
from lms.views import page_not_found

logger = structlog.get_logger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestLogMiddleware:
    """Gives each request an id, binds it to every log line, and logs the request when it is done."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("X-Request-ID", "")
        request.request_id = (
            offered if SAFE_REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex[:12]
        )
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        match = request.resolver_match
        logger.info(
            "request",
            method=request.method,
            # The name of the view, never the path: titles of internal articles stay out of logs.
            view=match.view_name if match else None,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
            user=getattr(getattr(request, "viewer", None), "user_id", None),
        )
        return response


class ResponseHeadersMiddleware:
    """Headers of every reply: who may keep it, what varies it, what the browser may use."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if request.path_info.startswith(settings.STATIC_URL):
            return response
        patch_vary_headers(response, ["HX-Request", "Cookie", "Accept-Language"])
        response.setdefault("Cache-Control", "private, no-cache")
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name == "account_logout":
            # Not the storage: unsent records wait there for their owner.
            response["Clear-Site-Data"] = '"cache"'
        if request.path_info.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response


class BadInputMiddleware:
    """Answers for what only a forged request can ask: a number no column holds, a form without its fields.

    Wagtail's screens fail on both. Everything else that fails is our fault and stays one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """404 for a number that no row can have, 400 for a missing field, None for a fault."""
        if not isinstance(exception, OverflowError | MultiValueDictKeyError):
            return None
        logger.warning("bad_input", view=request.resolver_match.view_name, exc_info=exception)
        if isinstance(exception, OverflowError):
            return page_not_found(request)
        return render(request, "403_csrf.html", status=400)


class AccessMiddleware:
    """Refuses every resolved URL that the access registry does not open to this viewer.

    To the refused a forbidden URL looks like a missing one. Only the door of the back office, which is
    no secret, sends the anonymous to the login page.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        rule = registry.rule_for(request.resolver_match)
        if rule is None:
            raise Http404("This URL has no line in the access registry.")
        if rule.admits(request.viewer):
            return None
        if rule is BACK_OFFICE and not request.viewer.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404("Not for this viewer.")
