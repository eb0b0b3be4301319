"""Binds page types to their views, so that page logic stands in ``views`` and not on models."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

PageView = Callable[..., HttpResponse]

_views: dict[type, PageView] = {}


def register(page_type: type, view: PageView) -> None:
    """Let ``view(request, page, preview=…)`` answer for pages of ``page_type``."""
    _views[page_type] = view


def respond(request: HttpRequest, page, *, preview: bool = False) -> HttpResponse:
    """The answer of the view bound to the type of ``page``. Http404 if there is none."""
    view = _views.get(type(page))
    if view is None:
        raise Http404("No view is bound to this page type.")
    return view(request, page, preview=preview)
