"""The switch in the list of the glossary."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.redirects import redirect_within
from search.models import GlossaryEntry


@require_POST
def switch(request: HttpRequest, pk: str) -> HttpResponse:
    """Turn an entry off, or on again."""
    if not request.user.has_perm("search.change_glossaryentry"):
        raise PermissionDenied
    entry = get_object_or_404(GlossaryEntry, pk=pk)
    entry.active = request.POST.get("active") == "1"
    entry.save()
    return redirect_within(request, request.POST.get("next"), reverse("search_glossary:index"))
