"""Taking attendance, with the phone in one hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.forms.sessions import AttendanceForm
from courses.models import TheorySession
from courses.permissions import may_run
from courses.selectors.sessions import roll_of
from courses.services.attending import take_attendance
from people.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, theory_id: int) -> HttpResponse:
    """The names of all who were invited: tap who is there, save. Saving again corrects."""
    now = timezone.now()
    rows = TheorySession.objects.visible_to(request.viewer, now).select_related("trainer")
    session = get_object_or_404(rows, pk=theory_id)
    if not may_run(request.viewer, session):
        raise Http404
    roll = roll_of(session)
    form = AttendanceForm(request.POST if request.method == "POST" else None, roll=roll)
    if form.is_bound and form.is_valid():
        try:
            there = take_attendance(session=session, present=form.there, by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Saved: %(n)s of %(of)s were there.") % {"n": there, "of": len(roll)},
            )
            return redirect("theory_session", session.pk)
    context = {"session": session, "roll": roll, "form": form}
    return render(
        request, "courses/session_attendance.html", context, status=422 if form.is_bound else 200
    )
