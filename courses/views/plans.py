"""Plans: one's own, somebody else's that one may read, and the practice in them as the trainee sees it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification.selectors.offers import offers_for
from competence.permissions import may_read
from courses.forms.practice import AskForm
from courses.models import PlanItem
from courses.permissions import may_enroll, may_follow, may_sign_for
from courses.selectors.plans import latest_end_of, plans_of
from courses.selectors.practice import practice_item
from courses.selectors.sidelines import before_calls, people_around
from courses.services.asking import ask, take_back
from people.models import Employee
from people.refusals import Refusal


@require_safe
def own_plan(request: HttpRequest) -> HttpResponse:
    """One's own plan."""
    employee = get_object_or_404(
        Employee.objects.select_related("user", "mentor"), pk=request.viewer.employee_id or 0
    )
    return _plan(request, employee)


@require_safe
def plan_of(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Somebody's plan, for whoever may read their record, and for who follows all learning."""
    employee = get_object_or_404(Employee.objects.select_related("user", "mentor"), pk=employee_id)
    if not may_follow(request.viewer, employee, timezone.now()):
        raise Http404
    return _plan(request, employee)


def _plan(request: HttpRequest, employee: Employee) -> HttpResponse:
    now = timezone.now()
    is_own = employee.pk == request.viewer.employee_id
    plans = plans_of(employee, now)
    reads_record = may_read(request.viewer, employee, now)
    tests = (
        [one for one in offers_for(employee, now) if one.is_due or one.running] if is_own else []
    )
    # A plan teaches before it asks: what nobody has begun waits folded.
    ahead = [one for one in tests if one.is_ahead] if plans else []
    context = {
        "employee": employee,
        "is_own": is_own,
        "plans": plans,
        "before": before_calls(employee, plans, now) if reads_record else [],
        "around": people_around(employee, now),
        "tests": [one for one in tests if one not in ahead],
        "tests_ahead": ahead,
        "over": None if plans else latest_end_of(employee),
        "reads_record": reads_record,
        "may_stop": may_enroll(request.viewer, employee, now),
    }
    return render(request, "courses/plan.html", context)


@require_safe
def task(request: HttpRequest, item_id: int) -> HttpResponse:
    """A practice task of a plan: when it is done, what was shown, and “ready to show” for the trainee."""
    item = _item(request, item_id)
    return _task(request, item, AskForm(task=item.task))


@require_POST
def ask_view(request: HttpRequest, item_id: int) -> HttpResponse:
    """The trainee is ready to show."""
    item = _item(request, item_id, own=True)
    form = AskForm(request.POST, task=item.task)
    if not form.is_valid():
        return _task(request, item, form)
    try:
        ask(
            item=item,
            reference=form.cleaned_data.get("reference", ""),
            by=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _task(request, item, form)
    mentor = item.enrollment.employee.mentor
    messages.success(
        request,
        _("Asked: %(name)s sees it now.") % {"name": mentor.full_name}
        if mentor
        else _("Asked: your lead sees it now."),
    )
    return redirect("plan_task", item.pk)


@require_POST
def take_back_view(request: HttpRequest, item_id: int) -> HttpResponse:
    """The trainee is not ready after all."""
    item = _item(request, item_id, own=True)
    waiting = item.requests.waiting().first()
    if waiting is not None:
        take_back(request=waiting, by=request.user, now=timezone.now())
        messages.success(request, _("Taken back."))
    return redirect("plan_task", item.pk)


def _item(request: HttpRequest, item_id: int, *, own: bool = False) -> PlanItem:
    """The practice, if it is one's own or of somebody whose plan one may read, else as if it were not there."""
    item = practice_item(item_id)
    if item is None:
        raise Http404
    employee = item.enrollment.employee
    if employee.pk == request.viewer.employee_id:
        return item
    if own or not may_follow(request.viewer, employee, timezone.now()):
        raise Http404
    return item


def _task(request: HttpRequest, item: PlanItem, form: AskForm) -> HttpResponse:
    now = timezone.now()
    employee = item.enrollment.employee
    plans = [one for one in plans_of(employee, now) if one.enrollment.pk == item.enrollment_id]
    reading = next(
        (one for plan in plans for one in plan.items if one.facts.item.pk == item.pk), None
    )
    is_own = employee.pk == request.viewer.employee_id
    context = {
        "item": item,
        "employee": employee,
        "reading": reading,
        "signatures": item.enrollment.signoffs.visible_to(request.viewer, now)
        .with_withdrawn()
        .filter(task=item.task)
        .select_related("signed_by", "note")
        .order_by("-recorded_at"),
        "form": form,
        "is_own": is_own,
        "may_sign": may_sign_for(request.viewer, employee, now),
    }
    status = 422 if form.is_bound else 200
    return render(request, "courses/task.html", context, status=status)
