"""Articles and sections as people read them."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.events import emit
from kb.choices import Reason
from kb.events import ArticleOpened
from kb.models import ArticlePage, SectionPage
from kb.selectors.duties import outstanding_in
from kb.selectors.feedback import count_for
from kb.selectors.reading import read_article, read_section
from kb.selectors.reviews import last_verification
from kb.services.reading import note_opened
from kb.serving import respond

TREE_ROOT = "/kb/"


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Whatever stands at ``path`` of the tree, if the viewer may see it; else the one 404.

    Found by its stored address in one query, where Wagtail's routing takes two for every level.
    """
    at = timezone.now()
    for pages in (
        ArticlePage.objects.with_last_reading(request.viewer).select_related("verifier"),
        SectionPage.objects.all(),
    ):
        followed = pages.with_following(request.viewer).select_related("content_owner")
        found = followed.filter(url_path=TREE_ROOT + path).visible_to(request.viewer, at).first()
        if found is not None:
            return respond(request, found)
    if not path:
        return respond(request, SectionPage.objects.get(url_path=TREE_ROOT))
    raise Http404("No such page, or not for this viewer.")


def article(request: HttpRequest, page: ArticlePage, *, preview: bool = False) -> HttpResponse:
    """An article: the answer first, then the text, with what belongs to it beside it."""
    at = timezone.now()
    reading = read_article(page, request.viewer, at, with_surroundings=not preview)
    if not preview:
        emit(
            ArticleOpened(
                article_id=page.pk, number=page.version, employee_id=request.viewer.employee_id
            )
        )
    duty = None if preview else outstanding_in(page, request.viewer, at)
    read_before = None
    if not preview and request.method == "GET":
        read_before = note_opened(article=page, viewer=request.viewer, now=at)
    context = {
        "reading": reading,
        "read_before": read_before,
        "article": page,
        "preview": preview,
        "duty": duty,
        "reasons": Reason.choices,
        "feedback_key": uuid.uuid4(),
        "verified": last_verification(page, request.viewer),
        "verify_key": uuid.uuid4(),
        "feedback_count": None if preview else count_for(page, request.viewer),
    }
    return render(request, "kb/article.html", context)


def section(request: HttpRequest, page: SectionPage, *, preview: bool = False) -> HttpResponse:
    """A section: what stands below it and in it."""
    reading = read_section(
        page, request.viewer, timezone.now(), page=request.GET.get("page", "1")[:9]
    )
    return render(request, "kb/section.html", {"reading": reading, "section": page})
