"""Signing for practice, sized for a phone: the queue, the signature, taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms.practice import SignForm, WithdrawForm
from courses.loading import local_day
from courses.models import Enrollment, PlanItem, SignOff
from courses.permissions import may_sign_for, may_withdraw
from courses.selectors.plans import PlanReading, read_plans
from courses.selectors.practice import (
    Wanted,
    practice_item,
    queue_of,
    signed_today,
    under_way,
    wanted_of,
)
from courses.services.signing import WINDOW, Signed, sign_off, withdraw
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a signature, what was signed today, who is on the way; beside it the sheet of the first."""
    now = timezone.now()
    waiting = queue_of(request.viewer, now)
    context = _lists(request, waiting)
    if waiting:
        context |= _sheet(waiting[0].item, waiting[0], context["plans"], None)
    return render(request, "courses/practice.html", context)


@get_or_post
def sign(request: HttpRequest, item_id: int) -> HttpResponse:
    """One showing: done when, rating, number, signed. To a script that asks for JSON: what became of it."""
    now = timezone.now()
    item = practice_item(item_id)
    if item is None or not may_sign_for(request.viewer, item.enrollment.employee, now):
        raise Http404
    form = None
    if request.method == "POST":
        today = local_day(now, item.enrollment.employee)
        form = SignForm(request.POST, task=item.task, today=today)
        signed = _sign(request, item, form)
        by_script = "application/json" in request.headers.get("Accept", "")
        if signed is not None:
            messages.success(request, _said(request, signed))
            if by_script:
                return JsonResponse({"url": reverse("practice")})
            return redirect("practice")
        if by_script:
            words = " ".join(error for errors in form.errors.values() for error in errors)
            return JsonResponse({"words": words}, status=422)
    context = _lists(request, queue_of(request.viewer, now)) | {"is_chosen": True}
    context |= _sheet(item, wanted_of(item, request.viewer), context["plans"], form)
    return render(request, "courses/practice.html", context, status=422 if form else 200)


def _sign(request: HttpRequest, item: PlanItem, form: SignForm) -> Signed | None:
    if not form.is_valid():
        return None
    try:
        return sign_off(item=item, by=request.user, now=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _said(request: HttpRequest, signed: Signed) -> str:
    row = signed.row
    words = {
        "name": row.employee.full_name,
        "task": row.task,
        "n": row.repetition,
        "rating": row.rating,
        "who": row.signed_by.get_full_name(),
    }
    if signed.was_there and row.signed_by_id != request.user.pk:
        return _("%(who)s has signed this already: %(name)s, %(task)s, %(rating)s.") % words
    if row.passes:
        return _("Signed: %(name)s, %(task)s, %(rating)s.") % words
    return _("Noted: %(name)s, %(task)s, not yet. The next step is in their plan.") % words


def _lists(request: HttpRequest, waiting: list) -> dict:
    now = timezone.now()
    return {
        "waiting": waiting,
        "signed": signed_today(request.viewer, now),
        "plans": read_plans(under_way(request.viewer, now), now),
        "now": now,
    }


def _sheet(
    item: PlanItem, wanted: Wanted | None, plans: list[PlanReading], form: SignForm | None
) -> dict:
    """The sheet of one showing beside the queue; ``plans`` are those beside it already."""
    now = timezone.now()
    plan = next((one for one in plans if one.enrollment.pk == item.enrollment_id), None)
    if plan is None:
        plan = next(iter(read_plans(Enrollment.objects.filter(pk=item.enrollment_id), now)), None)
    if form is None and wanted is not None:
        form = SignForm(
            task=item.task,
            today=local_day(now, item.enrollment.employee),
            showing=wanted.showing,
            reference=wanted.reference,
        )
    return {"item": item, "wanted": wanted, "form": form, "chosen_plan": plan}


@get_or_post
def withdraw_view(request: HttpRequest, sign_off_id: int) -> HttpResponse:
    """A signature is taken back; both rows are kept."""
    now = timezone.now()
    rows = SignOff.objects.with_withdrawn().select_related("employee", "task", "enrollment")
    row = get_object_or_404(rows, pk=sign_off_id)
    if not may_withdraw(request.viewer, row.employee, row.signed_by_id, now):
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            withdraw(sign_off=row, by=request.user, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Withdrawn. Both records are kept."))
            back = "practice" if row.signed_by_id == request.user.pk else "plan_of"
            return redirect(back) if back == "practice" else redirect(back, row.employee_id)
    until = row.may_be_withdrawn_until(WINDOW)
    at_once = row.signed_by_id == request.user.pk and now <= until
    help_words = (
        _("Until %(time)s no reason is asked for.")
        % {"time": format_date(until.astimezone(request.viewer.tz), "H:i")}
        if at_once
        else _("Say why: the first minutes are over.")
    )
    context = {"row": row, "form": form, "help": help_words}
    return render(request, "courses/withdraw.html", context, status=422 if form.is_bound else 200)
