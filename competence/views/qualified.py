"""Who was qualified for a competence on a day: the page, and the same as a workbook."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from competence.loading import local_day
from competence.models import Competence
from competence.qualified_workbook import qualified_workbook
from competence.selectors.qualified import Answer, asked_for, who_was_qualified
from competence.wording import proof_words, state_words
from competence.workbook import MEDIA_TYPE


@require_safe
def qualified(request: HttpRequest) -> HttpResponse:
    """People with what they could that day, why, and by which versions."""
    answer = _answer(request)
    question = answer.question
    context = {
        "answer": answer,
        "rows": [
            {
                "row": row,
                "words": state_words(row),
                "proofs": [proof_words(event) for event in row.proofs],
            }
            for row in answer.shown
        ],
        "competences": Competence.objects.order_by("name").values_list("pk", "name"),
        "today": local_day(timezone.now(), request.viewer.tz),
        "xlsx_url": f"{reverse('qualified_xlsx')}?{urlencode(question.as_query())}",
        "everybody_url": f"{reverse('qualified')}?{urlencode(question.as_query(show='all'))}",
    }
    return render(request, "competence/qualified.html", context)


@require_safe
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    answer = _answer(request)
    response = HttpResponse(qualified_workbook(answer), content_type=MEDIA_TYPE)
    day = answer.question.day.isoformat()
    response["Content-Disposition"] = f'attachment; filename="qualified-{day}.xlsx"'
    return response


def _answer(request: HttpRequest) -> Answer:
    now = timezone.now()
    question = asked_for(request.GET, local_day(now, request.viewer.tz))
    return who_was_qualified(question, request.viewer, now)
