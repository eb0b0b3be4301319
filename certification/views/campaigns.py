"""Campaigns for those who lead: plan and open one, see how people stand, give another day, call it off, the minutes."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from certification import wording
from certification.forms.campaigns import CancelForm, MoveForm, OpenForm, PlanForm
from certification.models import Campaign
from certification.permissions import lines_to_call, may_call_off, may_move
from certification.planning import Preview, preview, windows_to_plan
from certification.rules.cutting import Cut
from certification.rules.duties import Standing
from certification.selectors.campaigns import board_of, campaign_of, campaigns_of, paper_to_move
from certification.services.campaigns import cancel, move, open_campaign
from certification.workbook import MEDIA_TYPE, minutes_workbook
from competence.loading import local_day
from competence.permissions import DECIDES
from people.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The campaigns in which somebody is called whom the viewer may see."""
    now = timezone.now()
    context = {
        "campaigns": campaigns_of(request.viewer, now)[:50],
        "today": local_day(now, request.viewer.tz),
        "may_plan": DECIDES.admits(request.viewer),
    }
    return render(request, "certification/campaigns.html", context)


@get_or_post
def plan(request: HttpRequest) -> HttpResponse:
    """GET: what is planned, its price first. POST: it is opened."""
    now = timezone.now()
    today = local_day(now, request.viewer.tz)
    form = PlanForm(
        request.GET or None, windows=windows_to_plan(today), teams=lines_to_call(request.viewer)
    )
    planned, refusal = None, ""
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            opening = OpenForm(request.POST)
            try:
                campaign = open_campaign(
                    **form.cleaned_data,
                    key=opening.cleaned_data["key"] if opening.is_valid() else uuid.uuid4(),
                    by=request.user,
                    now=now,
                    today=today,
                )
            except Refusal as refused:
                refusal = str(refused)
            else:
                people = campaign.duties.count()
                words = ngettext(
                    "%(n)s person is called and knows the day.",
                    "%(n)s people are called and know their day.",
                    people,
                )
                messages.success(request, words % {"n": people})
                return redirect("campaign", campaign.pk)
        planned = preview(**form.cleaned_data, at=now, today=today)
    context = {
        "form": form,
        "planned": planned,
        "price": _price(planned) if planned else None,
        "lines": _lines(planned) if planned else (),
        "key": uuid.uuid4(),
        "refusal": refusal,
    }
    status = 422 if refusal or (form.is_bound and not form.is_valid()) else 200
    return render(request, "certification/plan.html", context, status=status)


@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The board: how each line stands, and each person, those first whom their lead should look at."""
    now = timezone.now()
    found = _campaign(request, campaign_id)
    board = board_of(found, request.viewer, now)
    may_decide = DECIDES.admits(request.viewer) and found.stands
    context = {
        "board": board,
        "groups": [
            (standing.value, wording.STANDINGS[standing], rows)
            for standing in Standing
            if (rows := board.of(standing))
        ],
        "heads": [wording.STANDINGS[standing] for standing in Standing],
        "today": local_day(now, request.viewer.tz),
        "may_move": may_decide,
        "may_call_off": may_decide and may_call_off(request.viewer, found),
    }
    return render(request, "certification/campaign.html", context)


@require_safe
def minutes(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The minutes as a workbook: of the people whom the viewer may see."""
    now = timezone.now()
    board = board_of(_campaign(request, campaign_id), request.viewer, now)
    response = HttpResponse(minutes_workbook(board, now), content_type=MEDIA_TYPE)
    name = f"recertification-{board.campaign.starts_on.isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@get_or_post
def move_view(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Another day for one paper of somebody."""
    now = timezone.now()
    paper = paper_to_move(request.viewer, paper_id, now)
    if paper is None or not may_move(request.viewer, paper.duty.employee, now):
        raise Http404
    initial = {"day": paper.day}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            move(
                paper=paper,
                day=form.cleaned_data["day"],
                by=request.user,
                now=now,
                today=local_day(now, request.viewer.tz),
            )
        except Refusal as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(
                request, _("%(name)s knows the new day.") % {"name": paper.duty.employee.full_name}
            )
            return redirect("campaign", paper.duty.campaign_id)
    context = {"paper": paper, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "certification/move.html", context, status=status)


@get_or_post
def cancel_view(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Calling a campaign off, for a reason."""
    found = _campaign(request, campaign_id)
    if not may_call_off(request.viewer, found):
        raise Http404
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            cancel(campaign=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Called off. What is passed stays."))
            return redirect("campaign", found.pk)
    context = {"campaign": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "certification/call_off.html", context, status=status)


def _campaign(request: HttpRequest, campaign_id: int) -> Campaign:
    found = campaign_of(request.viewer, campaign_id, timezone.now())
    if found is None:
        raise Http404
    return found


def _price(planned: Preview) -> dict:
    return {
        "people": len(planned.plan.rounds),
        "papers": planned.plan.papers,
        "questions": planned.plan.questions,
        "length": wording.length_words(planned.plan.minutes),
        "unplaced": len(planned.plan.unplaced),
        "not_due": planned.plan.not_due,
    }


def _lines(planned: Preview) -> list[dict]:
    """Each line with its people in words: what of theirs ends when, and what is asked on which day."""
    return [
        {
            "team": line.team,
            "most": line.most_at_once,
            "called": [
                {
                    "employee": one.employee,
                    "papers": [
                        {
                            "day": placed.day,
                            "minutes": placed.paper.minutes,
                            "late": placed.comes_too_late(planned.window.first),
                            "due": _by_day(placed.paper, planned),
                        }
                        for placed in one.round.papers
                    ],
                }
                for one in line.called
            ],
            "unplaced": [
                (employee, wording.UNPLACED[reason]) for employee, reason in line.unplaced
            ],
        }
        for line in planned.lines
    ]


def _by_day(paper: Cut, planned: Preview) -> list[tuple[datetime.date, list[tuple]]]:
    """What is asked by the day on which it ends, the first day first; each with how much of it changed."""
    found: dict[datetime.date, list[tuple]] = {}
    for due in sorted(paper.due, key=lambda one: one.on):
        found.setdefault(due.on, []).append((planned.competences[due.competence], due.changes))
    return list(found.items())
