"""Tests as somebody takes them: what is offered, a question, handing in, how it ended."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.forms.attempts import SaveForm, StartForm
from certification.models import Attempt, Certificate, Submission
from certification.permissions import READS_RECORDS
from certification.presentation import lay_out
from certification.refusals import AttemptOver
from certification.rules.deadlines import seconds_left
from certification.selectors.appeals import waiting_count
from certification.selectors.attempts import (
    finished_by,
    outcome_of,
    own_attempt,
    sheet_of,
    sitting_of,
)
from certification.selectors.drills import due_count
from certification.selectors.offers import offers_for, to_read_again
from certification.services.answering import save_answer
from certification.services.appealing import last_day_for, may_appeal
from certification.services.attempts import start
from certification.services.submitting import submit, submit_if_over
from people.models import Employee
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    """The tests of one's position, and how earlier ones ended."""
    employee = _me(request)
    context = {
        "offers": offers_for(employee, timezone.now()),
        "finished": finished_by(request.viewer),
        "appeals": waiting_count(request.viewer),
        "daily": due_count(request.viewer, timezone.now()),
        "reads_records": READS_RECORDS.admits(request.viewer),
    }
    return render(request, "certification/tests.html", context)


@get_or_post
def test(request: HttpRequest, quiz_id: int) -> HttpResponse:
    """What one test asks and proves; the start."""
    employee, now = _me(request), timezone.now()
    offer = next((one for one in offers_for(employee, now) if one.quiz.pk == quiz_id), None)
    if offer is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        form = StartForm(request.POST)
        key = form.cleaned_data["key"] if form.is_valid() else uuid.uuid4()
        try:
            attempt = start(quiz=offer.quiz, employee=employee, key=key, now=now)
        except Refusal as refused:
            refusal = str(refused)
        else:
            return redirect("attempt_question", attempt.pk, sitting_of(attempt).first)
    context = {
        "offer": offer,
        "key": uuid.uuid4(),
        "refusal": refusal,
        "reading": to_read_again(offer, request.viewer, now),
    }
    status = 422 if refusal else 200
    return render(request, "certification/test.html", context, status=status)


@get_or_post
def question(request: HttpRequest, attempt_id: int, slot: int) -> HttpResponse:
    """One question of an attempt; what is sent is saved. To a script that asks for JSON: what became of the save."""
    attempt, now = _own(request, attempt_id), timezone.now()
    if _is_finished(attempt, now) and request.method != "POST":
        return redirect("attempt", attempt.pk)
    sheet = sheet_of(attempt, slot)
    if sheet is None:
        raise Http404
    refusal, given = "", None
    if request.method == "POST":
        given = request.POST.getlist("answer")
        answer = _save(request, attempt, slot)
        if "application/json" in request.headers.get("Accept", ""):
            return answer
        if answer.status_code == 410:
            return redirect("attempt", attempt.pk)
        if answer.status_code == 200:
            return _onward(request, attempt, slot)
        refusal = answer.words
    sitting = sitting_of(attempt)
    context = {
        "attempt": attempt,
        "sitting": sitting,
        "layout": lay_out(sheet, sitting.given.get(slot, ()) if given is None else given),
        "slot": slot,
        "last": len(sitting.places),
        "flagged": sitting.places[slot - 1].flagged,
        "seconds": seconds_left(attempt.deadline_at, now),
        "client": uuid.uuid4(),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "certification/question.html", context, status=status)


class Saved(JsonResponse):
    """What became of a save: 200 it stands, 409 another came under its key, 410 time is over, 422 it is none."""

    def __init__(self, status: int, words: str = "", **more) -> None:
        self.words = words
        super().__init__({"words": words, **more}, status=status)


def _save(request: HttpRequest, attempt: Attempt, slot: int) -> Saved:
    form = SaveForm(request.POST)
    if not form.is_valid():
        return Saved(422, " ".join(error for errors in form.errors.values() for error in errors))
    try:
        row = save_answer(
            attempt=attempt,
            slot=slot,
            given=request.POST.getlist("answer"),
            now=timezone.now(),
            **form.cleaned_data,
        )
    except AttemptOver as refused:
        return Saved(410, str(refused))
    except Refusal as refused:
        return Saved(422, str(refused))
    if row.refused:
        return Saved(
            409, _("Another answer came from this page before, and it counts. Send yours again.")
        )
    return Saved(200, seq=row.seq, answered=bool(row.given))


def _onward(request: HttpRequest, attempt: Attempt, slot: int) -> HttpResponse:
    """Where the pressed button leads: another question, or handing in after the last."""
    goal = request.POST.get("to", "")
    if goal.isdecimal() and len(goal) < 4 and sheet_of(attempt, int(goal)) is not None:
        return redirect("attempt_question", attempt.pk, int(goal))
    if sheet_of(attempt, slot + 1) is None:
        return redirect("attempt", attempt.pk)
    return redirect("attempt_question", attempt.pk, slot + 1)


@get_or_post
def attempt(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Under way: what is left, and handing in. Afterwards: how it ended."""
    found, now = _own(request, attempt_id), timezone.now()
    if request.method == "POST":
        submit(attempt=found, by=request.user, now=now)
        return redirect("attempt", found.pk)
    if not _is_finished(found, now):
        context = {
            "attempt": found,
            "sitting": sitting_of(found),
            "seconds": seconds_left(found.deadline_at, now),
        }
        return render(request, "certification/hand_in.html", context)
    submission = Submission.objects.counting().select_related("attempt__quiz", "attempt__employee")
    submission = submission.get(attempt=found)
    context = {
        "outcome": outcome_of(submission, request.viewer, now),
        "attempt": found,
        "certificate": Certificate.objects.filter(submission=submission).first(),
        "may_appeal": may_appeal(submission, now),
        "appeal_until": last_day_for(submission),
    }
    return render(request, "certification/result.html", context)


def _is_finished(attempt: Attempt, now) -> bool:
    """Whether it was handed in; one whose time is over is handed in now."""
    return not attempt.is_open or submit_if_over(attempt=attempt, now=now) is not None


def _own(request: HttpRequest, attempt_id: int) -> Attempt:
    found = own_attempt(request.viewer, attempt_id)
    if found is None:
        raise Http404
    return found


def _me(request: HttpRequest) -> Employee:
    return get_object_or_404(Employee, pk=request.viewer.employee_id or 0)
