"""Open answers: the queue of assessors, and one answer to judge by its rubric."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from certification.forms.assessments import AssessForm
from certification.models import OpenAnswer
from certification.selectors.assessments import case_of, next_after, queue_for
from certification.services.assessing import assess
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The open answers that wait for the viewer, and what they assessed last."""
    waiting, assessed = queue_for(request.viewer)
    context = {"waiting": waiting, "assessed": assessed}
    return render(request, "certification/assessments.html", context)


@get_or_post
def item(request: HttpRequest, answer_id: int) -> HttpResponse:
    """One answer with its rubric. POST: the marks; then the next answer that waits."""
    now = timezone.now()
    rows = OpenAnswer.objects.judged_by(request.viewer)
    found = get_object_or_404(rows.select_related("submission__attempt__quiz"), pk=answer_id)
    case = case_of(found, request.viewer, now)
    form = AssessForm(request.POST or None, rubric=case.rubric)
    if request.method == "POST" and form.is_valid():
        try:
            assess(answer=found, marks=form.cleaned_data["marks"], by=request.user, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            following = next_after(found, request.viewer)
            return (
                redirect("assessment_item", following.pk) if following else redirect("assessments")
            )
    context = {"case": case, "form": None if case.assessment else form}
    status = 422 if form.errors else 200
    return render(request, "certification/assessment_item.html", context, status=status)
