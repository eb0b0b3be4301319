"""The history of an article, for who works here: its versions, and what differs between two."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kb.selectors.history import History, compare_versions, history_of
from kb.services.reading import note_compared


@require_safe
def versions(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """All versions that readers had, the newest first, with what was said of each."""
    history = _history(request, article_uuid)
    numbers = [one.number for one in history.editions]
    context = {
        "article": history.article,
        # Each with the one before it, if there was one.
        "editions": list(zip(history.editions, [*numbers[1:], None], strict=True)),
    }
    return render(request, "kb/history.html", context)


@require_safe
def compare(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """What differs between two of them, what people were told of it on top."""
    history = _history(request, article_uuid)
    found = compare_versions(history, _number(request, "from"), _number(request, "to"))
    if found is None:
        return redirect("article_history", article_uuid)
    if found.newer == history.article.version and request.method == "GET":
        note_compared(article=history.article, viewer=request.viewer, older=found.older)
    return render(
        request,
        "kb/compare.html",
        {"article": history.article, "history": history, "comparison": found},
    )


def _history(request: HttpRequest, article_uuid: uuid.UUID) -> History:
    history = history_of(article_uuid, request.viewer, timezone.now())
    if history is None:
        raise Http404("No such article, or not for this viewer.")
    return history


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None
