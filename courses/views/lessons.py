"""Reading a lesson, step by step."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import Lesson
from courses.selectors.lessons import furthest_of, read_lesson, visible_lesson
from courses.services.learning import complete, open_part
from people.models import Employee
from people.refusals import Refusal


@require_safe
def lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """To the step where the reader stopped."""
    found = _lesson(request, lesson_id)
    step, _furthest = furthest_of(request.viewer.employee_id, found)
    return redirect("lesson_step", found.pk, min(step, len(found.parts)))


@require_safe
def lesson_step(request: HttpRequest, lesson_id: int, step: int) -> HttpResponse:
    """One step. Opening it is noted; nobody jumps over one that they have not opened."""
    found, now = _lesson(request, lesson_id), timezone.now()
    if not 1 <= step <= len(found.parts):
        raise Http404
    _step, furthest = furthest_of(request.viewer.employee_id, found)
    employee = Employee.objects.filter(pk=request.viewer.employee_id or 0).first()
    if employee is not None and step > furthest + 1:
        return redirect("lesson_step", found.pk, furthest + 1)
    reading = read_lesson(found, step, request.viewer, now, furthest=max(furthest, step))
    if employee is not None and request.method == "GET":
        open_part(employee=employee, lesson=found, part=step, versions=reading.versions, now=now)
    return render(request, "courses/lesson.html", {"reading": reading, "lesson": found})


@require_POST
def lesson_done(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Every step was opened, and the reader says that they are through."""
    found = _lesson(request, lesson_id)
    employee = get_object_or_404(Employee, pk=request.viewer.employee_id or 0)
    try:
        complete(employee=employee, lesson=found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("lesson", found.pk)
    messages.success(request, _("Done: %(lesson)s.") % {"lesson": found.title})
    return redirect("plan")


def _lesson(request: HttpRequest, lesson_id: int) -> Lesson:
    found = visible_lesson(request.viewer, lesson_id, timezone.now())
    if found is None:
        raise Http404
    return found
