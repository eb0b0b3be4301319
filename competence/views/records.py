"""One's own record, and somebody else's as far as it may be read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from competence import wording
from competence.models import OverrideProposal
from competence.permissions import is_own, may_decide, may_observe, may_read
from competence.selectors import record as records
from competence.services.deciding import may_withdraw
from people.models import Employee
from people.names import split_name
from people.selectors import assignment_on

CHART_HEIGHT = 90
HIGHEST_DRAWN = 3


@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """The record of whoever is signed in."""
    if request.viewer.employee_id is None:
        raise Http404
    return record(request, request.viewer.employee_id)


@require_safe
def record(request: HttpRequest, employee_id: int) -> HttpResponse:
    """Readiness for colleagues; for those who may read it, everything, the worst cell opened."""
    now = timezone.now()
    viewer = request.viewer
    employee = get_object_or_404(Employee.objects.select_related("mentor", "user"), pk=employee_id)
    today = now.astimezone(employee.tz).date()
    if not employee.works_on(today) and not may_read(viewer, employee, now):
        raise Http404
    cells = records.cells_of(employee, now)
    context = {
        "employee": employee,
        "is_own": is_own(viewer, employee),
        "assignment": assignment_on(employee, today),
        "readiness": records.readiness_of(cells),
        "may_read": may_read(viewer, employee, now),
        "may_observe": may_observe(viewer, employee, now),
        "may_decide": may_decide(viewer, employee, now),
    }
    if context["may_read"]:
        context |= _inside(request, employee, cells, now)
    if context["may_decide"]:
        context["proposals"] = list(
            OverrideProposal.objects.filter(employee=employee, decided_by__isnull=True)
            .select_related("competence", "proposed_by")
            .order_by("pk")
        )
    return render(request, "competence/record.html", context)


def _inside(request: HttpRequest, employee: Employee, cells, now) -> dict:
    chosen = request.GET.get("c", "")
    cell = next((one for one in cells if str(one.competence_id) == chosen), None)
    cell = cell or next(iter(cells), None)
    ahead = records.ahead_of(employee, cells, now)
    inside = {
        "cells": [{"cell": one, "why": records.why(one)} for one in cells if one is not cell],
        "ahead": ahead,
        "ahead_days": records.AHEAD_DAYS,
        "ahead_last": now.astimezone(employee.tz).date() + records.DAY * records.AHEAD_DAYS,
    }
    if cell is not None:
        inside |= _focus(request, employee, cell, now)
    return inside


def _focus(request: HttpRequest, employee: Employee, cell, now) -> dict:
    viewer = request.viewer
    decides = may_decide(viewer, employee, now)
    history = records.history_of(employee, cell.competence, now)
    lines = records.lines_of(history)
    change, link = records.article_of(cell.competence, viewer)
    first, _last = split_name(employee.full_name)
    url = f"{reverse('record', args=[employee.pk])}?c={cell.competence_id}"
    return {
        "cell": cell,
        "chip": wording.chip_words(cell),
        "level": wording.level_words(cell),
        "why": records.why(cell),
        "anchor": cell.competence.anchors.filter(level=cell.target or cell.level).first(),
        "tracks": [
            {"name": wording.TRACKS[one.name](), "held": one}
            for one in records.tracks_today(history)
        ],
        "chart": _chart(lines),
        "chart_names": [
            ", ".join(wording.TRACKS[line.name]() for line in lines if line.now == level)
            for level in range(HIGHEST_DRAWN, -1, -1)
        ],
        "chart_begins": history.known - records.DAY * records.CHART_DAYS,
        "chart_ends": history.known,
        "nodes": wording.chain_nodes(cell, change, link, person=first, record_url=url),
        "evidence": [
            {
                "item": one,
                "words": wording.evidence_words(one),
                "state": wording.evidence_state(one),
                "may_withdraw": one.event is not None
                and not one.withdrawn
                and may_withdraw(one.event, viewer, decides=decides),
            }
            for one in records.evidence_of(employee, cell.competence, viewer, now)
        ],
    }


def _chart(lines) -> list[dict]:
    """Paths of the level chart: a step line per track, in the box of 365 by 90."""
    unit = CHART_HEIGHT / HIGHEST_DRAWN
    drawn = []
    for line in lines:
        path = ""
        for number, (x, level) in enumerate(line.steps):
            y = f"{CHART_HEIGHT - min(level, HIGHEST_DRAWN) * unit:g}"
            path += f"H{x}V{y}" if number else f"M{x} {y}"
        drawn.append(
            {
                "kind": "practice" if line.name == "practice" else "knowledge",
                "name": wording.TRACKS[line.name](),
                "level": line.now,
                "path": f"{path}H{records.CHART_DAYS}",
            }
        )
    return drawn
