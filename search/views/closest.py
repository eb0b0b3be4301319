"""Beside the title in the editor: the articles that come closest to it, against writing one twice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from search import services

CLOSEST = 3


@require_safe
def closest(request: HttpRequest) -> HttpResponse:
    """Three articles in force that ``title`` finds, as the writer may see them, without the ``page`` itself."""
    if not request.viewer.edits_knowledge:
        raise Http404
    found = services.find(
        viewer=request.viewer,
        query=request.GET.get("title", ""),
        at=timezone.now(),
        limit=CLOSEST + 1,
    )
    own = request.GET.get("page", "")
    articles = [one.article for one in found.results if str(one.article.pk) != own][:CLOSEST]
    return render(request, "search/back_office/closest.html", {"articles": articles})
