"""The matrix, the explanation beside it, and its workbook."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from competence import presentation, wording
from competence.choices import StateChoice
from competence.loading import local_day
from competence.models import Competence
from competence.selectors import record as records
from competence.selectors.matrix import Asked, Board, board
from competence.workbook import MEDIA_TYPE, matrix_workbook
from people.models import Employee
from people.names import split_name


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """People by competences."""
    shown = _board(request)
    asked = shown.asked
    context = {
        "board": shown,
        "body": presentation.rows_markup(shown),
        "heads": presentation.heads(shown),
        "exceptions": presentation.exceptions(shown),
        "chips": [
            {
                "state": state,
                "words": f"{StateChoice(state).label} {count}",
                "url": _address(asked, state="" if asked.state == state else state),
                "current": asked.state == state,
            }
            for state, count in shown.counts.items()
        ],
        "actual_url": _address(asked, show=""),
        "target_url": _address(asked, show="target"),
        "all_url": _address(asked, state=""),
        "worst_url": _address(asked, state=StateChoice.LAPSED.value),
        "lapsed": shown.counts.get(StateChoice.LAPSED, 0),
        "xlsx_url": f"{reverse('matrix_xlsx')}?{urlencode(asked.as_query())}",
        "filtered": bool(asked.team or asked.position or asked.area or asked.on),
    }
    return render(request, "competence/matrix.html", context)


@require_safe
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows and columns as a workbook."""
    shown = _board(request)
    response = HttpResponse(matrix_workbook(shown), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="matrix-{shown.day.isoformat()}.xlsx"'
    return response


@require_safe
def explain(request: HttpRequest) -> HttpResponse:
    """Why one cell is what it is today, or on the day the table shows: the part beside it."""
    now = timezone.now()
    try:
        person, competence_id = int(request.GET["person"]), int(request.GET["competence"])
    except (KeyError, ValueError):
        raise Http404 from None
    people = Employee.objects.visible_to(request.viewer, now)
    employee = get_object_or_404(people, pk=person)
    competence = get_object_or_404(Competence, pk=competence_id)
    day = Asked.of(request.GET, local_day(now, request.viewer.tz)).on
    cell = records.cell_on(employee, competence, day, now)
    context = {"employee": employee, "competence": competence, "cell": cell, "day": day}
    if cell is not None:
        history = records.history_of(employee, competence, now, day)
        change, link = records.article_of(competence, request.viewer)
        first, _last = split_name(employee.full_name)
        url = f"{reverse('record', args=[employee.pk])}?c={competence.pk}"
        context |= {
            "why": records.why(cell),
            "chip": wording.chip_words(cell),
            "level": wording.level_words(cell),
            "facts": _facts(history),
            "nodes": wording.chain_nodes(cell, change, link, person=first, record_url=url),
            "record_url": url,
        }
    return render(request, "competence/_explain.html", context)


def _facts(history) -> list[dict]:
    return [
        {
            "name": wording.TRACKS[held.name](),
            "value": f"{held.level}, {wording.day(held.until)}" if held.until else held.level,
        }
        for held in records.tracks_today(history)
    ]


def _board(request: HttpRequest) -> Board:
    now = timezone.now()
    asked = Asked.of(request.GET, local_day(now, request.viewer.tz))
    return board(request.viewer, asked, now)


def _address(asked: Asked, **changed) -> str:
    query = urlencode(asked.as_query(**changed))
    return f"{reverse('matrix')}?{query}" if query else reverse("matrix")
