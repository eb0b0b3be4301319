"""The button in the report on searches."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from common.redirects import redirect_within
from search import gaps, presentation


@require_POST
def make_task(request: HttpRequest) -> HttpResponse:
    """Make a task of a question in the log, for whoever owns what it is about."""
    if not request.user.has_perm("search.view_searchlog"):
        raise PermissionDenied
    task = gaps.open_task_of_log(request.POST.get("question", ""), now=timezone.now())
    if task is None:
        raise Http404
    messages.success(request, presentation.gap_words(task))
    return redirect_within(request, request.POST.get("next"), reverse("search_searches"))
