"""Following: a switch beside every article and section, and the list of what one follows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kb.models import ArticlePage, SectionPage, Tag
from kb.selectors.following import followed_by, tags_followed_by, tags_of
from kb.services import following as services

TAGS_OFFERED = 500


@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """What the viewer follows, as far as they may still see it."""
    now = timezone.now()
    context = {
        "pages": followed_by(request.viewer, now),
        "tags": tags_followed_by(request.viewer, now),
        "all_tags": tags_of(request.viewer, now)[:TAGS_OFFERED],
    }
    return render(request, "kb/following.html", context)


@require_POST
def follow_tag(request: HttpRequest) -> HttpResponse:
    """Follow a tag by its name, or follow it no more, as ``on`` says."""
    now = timezone.now()
    name = Tag.key_of(request.POST.get("name", "").strip())
    tag = tags_of(request.viewer, now).filter(name_key=name).first()
    if tag is None:
        messages.error(request, _("No article you read has this tag."))
    elif request.POST.get("on") == "1":
        services.follow_tag(tag=tag, viewer=request.viewer, now=now)
    else:
        services.unfollow_tag(tag=tag, viewer=request.viewer, now=now)
    return redirect("following")


@require_POST
def follow(request: HttpRequest, page_id: int) -> HttpResponse:
    """Follow a page or follow it no more, as ``on`` says; htmx gets the switch as it stands now."""
    now = timezone.now()
    page = None
    for pages in (ArticlePage.objects.all(), SectionPage.objects.all()):
        page = page or pages.filter(pk=page_id).visible_to(request.viewer, now).first()
    if page is None:
        raise Http404("No such page, or not for this viewer.")
    if request.POST.get("on") == "1":
        services.follow(page=page, viewer=request.viewer, now=now)
        page.followed_since = now
    else:
        services.unfollow(page=page, viewer=request.viewer, now=now)
        page.followed_since = None
    if request.htmx:
        return render(request, "kb/_follow.html", {"page": page, "is_swapped": True})
    return redirect("following" if request.POST.get("list") else page.url)
