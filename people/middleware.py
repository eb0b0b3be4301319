"""Puts the viewer on the request, and their language and zone into force."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import check_for_language, get_language_from_request

from people.viewer import Viewer

Handler = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """``request.viewer``: the one answer to "who is looking", built once per request.

    A session whose person may no longer be here (left, login closed) ends with this request.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = Viewer.of(request.user)
        if request.user.is_authenticated and not request.viewer.is_authenticated:
            logout(request)
        return self.get_response(request)


class LanguageMiddleware:
    """Language by switch (cookie), then profile, then browser; days in the person's own zone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else request.viewer.language
        if not language or not check_for_language(language):
            language = get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        timezone.activate(request.viewer.tz)
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
