"""Saying how a session was."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.choices import Usefulness
from courses.forms.sessions import OpinionForm
from courses.models import SessionOpinion, TheorySession
from courses.services.opining import may_say, say
from people.models import Employee
from people.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, theory_id: int) -> HttpResponse:
    """Two questions, for whoever was there."""
    now = timezone.now()
    rows = TheorySession.objects.visible_to(request.viewer, now).select_related("trainer")
    session = get_object_or_404(rows, pk=theory_id)
    employee = get_object_or_404(Employee, pk=request.viewer.employee_id or 0)
    if not may_say(session=session, employee=employee):
        raise Http404
    known = SessionOpinion.objects.filter(session=session, employee=employee).first()
    initial = {"useful": known.useful, "unclear": known.unclear} if known else {}
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            say(
                session=session,
                employee=employee,
                useful=Usefulness(form.cleaned_data["useful"]),
                unclear=form.cleaned_data["unclear"],
                now=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you."))
            return redirect("theory_session", session.pk)
    context = {"session": session, "form": form}
    return render(
        request, "courses/session_opinion.html", context, status=422 if form.is_bound else 200
    )
