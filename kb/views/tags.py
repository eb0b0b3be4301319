"""Merging tags."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from kb.forms.pages import MergeTagForm
from kb.models import Tag
from kb.services.tags import merge_tags


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Let another tag stand wherever this one stands."""
    tag = get_object_or_404(Tag, pk=tag_id)
    if not (request.user.has_perm("kb.change_tag") and request.user.has_perm("kb.delete_tag")):
        raise PermissionDenied
    form = MergeTagForm(request.POST or None, source=tag)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        count = merge_tags(source=tag, target=target, by=request.user)
        words = ngettext(
            "“%(tag)s” stands on %(n)s article now.",
            "“%(tag)s” stands on %(n)s articles now.",
            count,
        )
        messages.success(request, words % {"tag": target.name, "n": count})
        return redirect("tags:index")
    return render(
        request,
        "kb/back_office/form.html",
        {
            "header_title": _("Merge tag"),
            "page_title": _("Merge tag"),
            "page_subtitle": tag.name,
            "header_icon": "tag",
            "submit": _("Merge"),
            "back": reverse("tags:edit", args=[tag.pk]),
            "form": form,
        },
    )
