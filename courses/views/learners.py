"""Whoever is on the way: the cohort, putting people on a programme, taking somebody off."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms.enrolling import ChooseForm, EnrollForm, StopForm
from courses.models import Enrollment, Programme
from courses.permissions import ENROLLS, may_enroll
from courses.selectors.learners import cohort, teams_of, to_enroll
from courses.services.ending import stop
from courses.services.enrolling import enroll_many
from courses.services.following import welcome
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def learners(request: HttpRequest) -> HttpResponse:
    """Who is on which day, who is behind, and by whom it is held up."""
    wanted = request.GET.get("programme", "")
    programme = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None
    found = cohort(
        request.viewer, timezone.now(), programme=programme, page=request.GET.get("page", "1")
    )
    context = {
        "cohort": found,
        "programmes": [(str(one.pk), one.name) for one in Programme.objects.order_by("name")],
        "programme": str(programme or ""),
        "may_enroll": ENROLLS.admits(request.viewer) and Programme.objects.exists(),
    }
    return render(request, "courses/learners.html", context)


@get_or_post
def enroll_view(request: HttpRequest) -> HttpResponse:
    """Programme and team first, then people and the day; who is on it already is not offered."""
    now = timezone.now()
    choose = ChooseForm(request.GET or None, teams=teams_of(request.viewer))
    form = None
    if choose.is_bound and choose.is_valid():
        people = to_enroll(request.viewer, now, **choose.cleaned_data)
        form = EnrollForm(
            request.POST if request.method == "POST" else None,
            people=people,
            today=now.astimezone(request.viewer.tz).date(),
        )
        if form.is_bound and form.is_valid() and _enroll(request, form, choose):
            return redirect("learners")
    context = {"choose": choose, "form": form}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "courses/enroll.html", context, status=status)


def _enroll(request: HttpRequest, form: EnrollForm, choose: ChooseForm) -> bool:
    """Put the chosen people on the programme; whether it was done."""
    now = timezone.now()
    try:
        made = enroll_many(
            employees=list(form.cleaned_data["people"].select_related("user", "mentor")),
            programme=choose.cleaned_data["programme"],
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
            now=now,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    for enrollment in made:
        welcome(enrollment=enrollment, now=now)
    words = ngettext("%(n)s person has a plan now.", "%(n)s people have a plan now.", len(made))
    messages.success(request, words % {"n": len(made)})
    return True


@get_or_post
def stop_view(request: HttpRequest, enrollment_id: int) -> HttpResponse:
    """A plan ends before it is done; what was learned and signed stays."""
    now = timezone.now()
    rows = Enrollment.objects.under_way().select_related("employee__user", "programme")
    enrollment = get_object_or_404(rows, pk=enrollment_id)
    if not may_enroll(request.viewer, enrollment.employee, now):
        raise Http404
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            stop(
                enrollment=enrollment,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken off. What was learned and signed stays."))
            return redirect("learners")
    context = {"enrollment": enrollment, "form": form}
    return render(request, "courses/stop.html", context, status=422 if form.is_bound else 200)
