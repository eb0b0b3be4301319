"""The API at /api/v1/: one key, one kind of refusal, one limit for all routers of the apps."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle
from wagtail.models import APIToken

from people.services.tokens import owner_of
from search.api import router as search


class Key(HttpBearer):
    """``Authorization: Bearer wagtail_…``. From here on the owner of the key is looking, whatever the session says."""

    def authenticate(self, request: HttpRequest, token: str) -> APIToken | None:
        """The key, or None for whatever opens nothing."""
        found = owner_of(token, now=timezone.now())
        if found is None:
            return None
        key, request.viewer = found
        request.user = key.user
        return key


class PerKey(AuthRateThrottle):
    """So many requests a minute with one key."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """By key, not by its name."""
        return f"api-rate-{request.auth.pk}"


per_key = PerKey(settings.API_RATE)

api = NinjaAPI(
    title="Opora",
    version="1",
    description="Answers with the rights of the person whose key asks. See docs/api.md.",
    urls_namespace="api",
    auth=Key(),
    throttle=per_key,
    docs_url=None,
)
api.add_router("", search)


@api.exception_handler(AuthenticationError)
def refused(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    """Missing, wrong, revoked, expired, its owner gone: all alike."""
    response = api.create_response(request, {"detail": "Unauthorized"}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def missing(request: HttpRequest, refusal: Any) -> HttpResponse:
    """Missing or not for the caller, alike."""
    return api.create_response(request, {"detail": "Not Found"}, status=404)
