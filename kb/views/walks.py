"""A guided script, walked answer by answer during a call."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from kb.guided import NoSuchWay
from kb.models import ArticlePage
from kb.rich_text import ReaderLinks
from kb.services.walks import position, record_walk, script_in

MOST_TEXT = 200


@require_POST
def walk(request: HttpRequest, block_id: uuid.UUID, walk_id: uuid.UUID) -> HttpResponse:
    """The step the answers so far lead to; where the script has changed meanwhile, its beginning, and it says so."""
    now = timezone.now()
    article = _article(request, now)
    value = script_in(article, block_id)
    if value is None:
        raise Http404("No such script in this article.")
    has_changed = False
    try:
        here = record_walk(
            article=article,
            block_id=block_id,
            walk_id=walk_id,
            answers=_answers(request.POST.get("answers", "")),
            now=now,
        )
    except NoSuchWay:
        has_changed = True
        walk_id = uuid.uuid4()
        here = position(value, [])
    context = {
        "article": article,
        "here": here,
        "block_id": block_id,
        "walk_id": walk_id,
        "has_changed": has_changed,
        "links": ReaderLinks.in_body(article.body, request.viewer, now),
    }
    name = "kb/_script_step.html" if request.htmx else "kb/script.html"
    return render(request, name, context)


def _article(request: HttpRequest, now) -> ArticlePage:
    number = request.POST.get("article", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise Http404("No such article.")
    found = ArticlePage.objects.visible_to(request.viewer, now).filter(pk=int(number)).first()
    if found is None:
        raise Http404("No such article, or not for this viewer.")
    return found


def _answers(text: str) -> list[int]:
    """The numbers in ``text``, apart by commas. Raises NoSuchWay for anything else."""
    if not text:
        return []
    parts = text[:MOST_TEXT].split(",")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts):
        raise NoSuchWay(text)
    return [int(part) for part in parts]
