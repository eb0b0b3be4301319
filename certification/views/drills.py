"""Five minutes a day: the switch, one question, what was right."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certification import papers
from certification.forms.drills import TurnForm
from certification.models import DrillCard
from certification.presentation import lay_out
from certification.refusals import AnsweredAlready, NotNow, Unreadable
from certification.rules.drills import PER_DAY
from certification.selectors.drills import day_of, drill_of
from certification.services import drilling
from kb.models import ArticlePage
from people.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
def daily(request: HttpRequest) -> HttpResponse:
    """The question of the moment; what is sent is judged at once and shown with what is right."""
    drill, now = drill_of(request.viewer), timezone.now()
    if drill is None:
        if request.method == "POST":
            raise Http404
        return render(request, "certification/daily_off.html", {"per_day": PER_DAY})
    if request.method == "POST":
        return _judged(request, now)
    drilling.gather(drill=drill, now=now)
    day = day_of(drill, now)
    if day.card is None:
        return render(request, "certification/daily_done.html", {"day": day})
    return _ask(request, day.card, {"day": day})


@require_POST
def daily_switch(request: HttpRequest) -> HttpResponse:
    """Choose it, or choose it no more."""
    employee = get_object_or_404(Employee, pk=request.viewer.employee_id or 0)
    if request.POST.get("on") == "yes":
        drilling.switch_on(employee=employee, now=timezone.now())
        return redirect("daily")
    drilling.switch_off(employee=employee)
    messages.success(request, _("Switched off. What was kept for it is deleted."))
    return redirect("tests")


def _ask(request: HttpRequest, card: DrillCard, context: dict, status: int = 200) -> HttpResponse:
    layout = lay_out(papers.sheet(drilling.paper_of(card), 1), [])
    context |= {"card": card, "layout": layout}
    return render(request, "certification/daily.html", context, status=status)


def _judged(request: HttpRequest, now) -> HttpResponse:
    form = TurnForm(request.POST)
    if not form.is_valid():
        return redirect("daily")
    found = DrillCard.objects.own_of(request.viewer).filter(pk=form.cleaned_data["card"])
    card = found.select_related("question__article", "question__standing").first()
    if card is None:
        raise Http404
    given = [] if "unknown" in request.POST else request.POST.getlist("answer")
    try:
        reviewed = drilling.answer(
            card=card,
            turn=form.cleaned_data["turn"],
            asked=form.cleaned_data["asked"],
            given=given,
            now=now,
        )
    except (AnsweredAlready, NotNow) as refusal:
        messages.info(request, str(refusal))
        return redirect("daily")
    except Unreadable as refusal:
        return _ask(request, card, {"refusal": str(refusal)}, status=422)
    article = ArticlePage.objects.visible_to(request.viewer, now).filter(uuid=reviewed.article)
    context = {"one": reviewed, "article": article.defer("body").first()}
    return render(request, "certification/daily_answer.html", context)
