"""Sessions for whoever is invited or follows: what comes, one of them, and whether one comes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.forms.sessions import AnswerForm
from courses.models import Invitation
from courses.permissions import SCHEDULES
from courses.selectors.sessions import listed, session_page
from courses.services.inviting import answer
from people.refusals import Refusal


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions one gives, is invited to or follows: those ahead, or those that are over."""
    past = request.GET.get("when") == "past"
    found = listed(request.viewer, timezone.now(), past=past, page=request.GET.get("page", "1"))
    context = {
        "listed": found,
        "past": past,
        "may_schedule": SCHEDULES.admits(request.viewer),
    }
    return render(request, "courses/sessions.html", context)


@require_safe
def session_view(request: HttpRequest, theory_id: int) -> HttpResponse:
    """One session: when, where, about what, who comes; and one's own answer."""
    found = session_page(theory_id, request.viewer, timezone.now())
    if found is None:
        raise Http404
    return render(request, "courses/session.html", {"found": found})


@require_POST
def answer_view(request: HttpRequest, theory_id: int) -> HttpResponse:
    """Whether one comes; who cannot makes room for who waits."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("session", "employee"),
        session=theory_id,
        employee=request.viewer.employee_id or 0,
    )
    form = AnswerForm(request.POST)
    if form.is_valid():
        comes = form.cleaned_data["comes"] == "yes"
        try:
            row = answer(invitation=invitation, comes=comes, by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _said(row))
    return redirect("theory_session", theory_id)


def _said(row: Invitation) -> str:
    if row.seated:
        return _("You have a seat.")
    if row.answer == "declined":
        return _("Noted: you do not come.")
    return _("All seats are taken: you wait for one.")
