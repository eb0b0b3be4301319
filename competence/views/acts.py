"""What one person records in another's record: observation, suspension, override, withdrawal."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competence.choices import Risk
from competence.forms.acts import ActForm, ObserveForm, OverrideForm, SuspendForm, WithdrawForm
from competence.loading import local_day
from competence.models import Competence, CompetenceEvent, LevelAnchor, OverrideProposal
from competence.permissions import may_decide, may_observe
from competence.selectors.record import Evidence, cells_of
from competence.services.deciding import may_withdraw, suspend, withdraw
from competence.services.observing import observe
from competence.services.overriding import decide_override, override, propose_override
from competence.wording import evidence_words
from people.models import Employee
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def observe_view(request: HttpRequest, employee_id: int) -> HttpResponse:
    """An observation in twenty seconds: competence, rating, number, done."""
    employee = _employee(request, employee_id, may_observe)
    form = _form(request, ObserveForm, employee)

    def apply(data: dict) -> str:
        observation = observe(employee=employee, by=request.user, now=timezone.now(), **data)
        return _("Recorded: %(competence)s, %(rating)s.") % {
            "competence": observation.competence,
            "rating": observation.rating,
        }

    return _answer(request, employee, form, apply, "competence/observe.html")


@get_or_post
def suspend_view(request: HttpRequest, employee_id: int) -> HttpResponse:
    """May not, for at most fourteen days."""
    employee = _employee(request, employee_id, may_decide)
    form = _form(request, SuspendForm, employee)

    def apply(data: dict) -> str:
        suspend(employee=employee, by=request.user, now=timezone.now(), **data)
        return _("Suspended. It ends by itself.")

    words = {
        "title": _("Suspend"),
        "act": _("Suspend"),
        "help": _("At most 14 days, ends by date."),
    }
    return _answer(request, employee, form, apply, "competence/act.html", words)


@get_or_post
def override_view(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Raised to a level for at most thirty days; a critical competence waits for a second person."""
    employee = _employee(request, employee_id, may_decide)
    form = _form(request, OverrideForm, employee)

    def apply(data: dict) -> str:
        given = {"employee": employee, "by": request.user, "now": timezone.now(), **data}
        if data["competence"].risk == Risk.CRITICAL:
            propose_override(**given)
            return _("Proposed. Another lead or HR confirms it here.")
        override(**given)
        return _("Raised until the day you gave.")

    words = {
        "title": _("Raise the level"),
        "act": _("Raise"),
        "help": _("At most 30 days. For a critical competence a second person confirms."),
    }
    return _answer(request, employee, form, apply, "competence/act.html", words)


@get_or_post
def withdraw_view(request: HttpRequest, event_id: int) -> HttpResponse:
    """An event is taken back; both rows are kept."""
    rows = CompetenceEvent.objects.select_related("employee__user", "actor", "second_actor")
    event = get_object_or_404(rows, pk=event_id)
    decides = may_decide(request.viewer, event.employee, timezone.now())
    if not may_withdraw(event, request.viewer, decides=decides):
        raise Http404
    form = _form(request, WithdrawForm, event.employee)

    def apply(data: dict) -> str:
        withdraw(event=event, by=request.user, now=timezone.now(), **data)
        return _("Withdrawn. Both records are kept.")

    words = {
        "title": _("Withdraw"),
        "act": _("Withdraw"),
        "help": evidence_words(Evidence(on=event.on, event=event)),
    }
    return _answer(request, event.employee, form, apply, "competence/act.html", words)


@require_POST
def decide_override_view(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """A second person agrees to a proposed override, or declines."""
    proposal = get_object_or_404(
        OverrideProposal.objects.select_related("employee"), pk=proposal_id
    )
    _employee(request, proposal.employee_id, may_decide)
    agreed = request.POST.get("decision") == "agree"
    try:
        decide_override(proposal=proposal, agreed=agreed, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed.") if agreed else _("Declined."))
    return redirect("record", proposal.employee_id)


def _employee(request: HttpRequest, employee_id: int, may: Callable) -> Employee:
    """The employee, if ``may`` says yes; what is not yours looks like what is not there."""
    now = timezone.now()
    employee = get_object_or_404(Employee.objects.select_related("user"), pk=employee_id)
    if not employee.works_on(local_day(now, employee.tz)) or not may(request.viewer, employee, now):
        raise Http404
    return employee


def _form(request: HttpRequest, form_class: type[ActForm], employee: Employee) -> ActForm:
    now = timezone.now()
    wanted = [cell.competence_id for cell in cells_of(employee, now) if cell.state]
    # What the position requires; where it requires nothing, anything may be seen.
    competences = Competence.objects.filter(pk__in=wanted) if wanted else Competence.objects.all()
    chosen = request.GET.get("c", "")
    given = {"competence": chosen} if chosen.isdecimal() else {}
    if form_class is ObserveForm and not given and (first := competences.first()):
        given = {"competence": first.pk}
    return form_class(
        request.POST if request.method == "POST" else None,
        today=local_day(now, employee.tz),
        competences=competences,
        initial=given,
    )


def _answer(
    request: HttpRequest, employee: Employee, form: ActForm, apply, template: str, words=None
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            said = apply(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            # A reviewer who may not read the record comes back to its first line.
            competence = form.cleaned_data.get("competence")
            query = f"?c={competence.pk}" if competence else ""
            return redirect(reverse("record", args=[employee.pk]) + query)
    context = {"employee": employee, "form": form, **(words or {})}
    if isinstance(form, ObserveForm):
        chosen = str(form["competence"].value() or "")
        context["anchors"] = (
            LevelAnchor.objects.filter(competence=chosen).order_by("level")
            if chosen.isdecimal()
            else []
        )
    return render(request, template, context, status=422 if form.is_bound else 200)
