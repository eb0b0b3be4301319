"""Appeals: somebody says what is wrong with how a question of theirs was judged; an assessor decides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from certification.forms.appeals import AppealForm, DecideForm
from certification.models import Appeal, Submission
from certification.results import may_review
from certification.selectors.appeals import case_of, own_answer, queue_for
from certification.selectors.attempts import own_attempt
from certification.services.appealing import appeal, decide, last_day_for, may_appeal
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def appeal_about(request: HttpRequest, attempt_id: int, slot: int) -> HttpResponse:
    """One question of one's own attempt with one's answer. POST: why it should count."""
    attempt, now = own_attempt(request.viewer, attempt_id), timezone.now()
    if attempt is None or attempt.is_open:
        raise Http404
    submission = get_object_or_404(
        Submission.objects.counting().select_related("attempt__quiz", "attempt__employee"),
        attempt=attempt,
    )
    own = own_answer(submission, slot)
    if own is None:
        raise Http404
    back = reverse("attempt", args=[attempt.pk]) + "#appeals"
    if submission.appeals.filter(slot=slot).exists():
        return redirect(back)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(submission=submission, slot=slot, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(back)
    context = {
        "attempt": attempt,
        "own": own,
        "form": form,
        "last_day": last_day_for(submission),
        "open": may_appeal(submission, now),
    }
    status = 422 if form.errors else 200
    return render(request, "certification/appeal.html", context, status=status)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The appeals that wait for the viewer, and what was decided last."""
    waiting, decided = queue_for(request.viewer)
    context = {"waiting": waiting, "decided": decided}
    return render(request, "certification/appeals.html", context)


@get_or_post
def case(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """One appeal: the answer and what is right. POST: the decision."""
    now = timezone.now()
    rows = Appeal.objects.judged_by(request.viewer).select_related("decided_by")
    found = get_object_or_404(rows, pk=appeal_id)
    found.submission = (
        Submission.objects.counting()
        .select_related("attempt__quiz", "attempt__employee")
        .get(pk=found.submission_id)
    )
    shows_right = may_review(found.submission)
    form = DecideForm(request.POST or None, shows_right=shows_right)
    if request.method == "POST" and form.is_valid():
        try:
            decide(appeal=found, by=request.user, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("appeals")
    context = {
        "case": case_of(found, request.viewer, now, shows_right=shows_right),
        "form": form if found.is_open else None,
    }
    status = 422 if form.errors else 200
    return render(request, "certification/appeal_item.html", context, status=status)
