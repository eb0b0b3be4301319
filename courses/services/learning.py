"""Reading a lesson: one's place in it, and being done with it. Opened is not learned."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import ngettext

from competence.services.learning import progress
from courses.models import Enrollment, Lesson, LessonCompletion, LessonPlace
from courses.refusals import StepsUnread
from courses.services.ending import complete_if_done
from people.models import Employee, User

SOURCE = "lesson"


@transaction.atomic
def open_part(
    *,
    employee: Employee,
    lesson: Lesson,
    part: int,
    versions: dict[uuid.UUID, int],
    now: datetime.datetime,
) -> LessonPlace:
    """``employee`` opens a step of ``lesson`` (from 1), which shows these article versions; where they are now.

    Nobody jumps ahead: the step after the furthest is the last one that opens.
    """
    place, _created = LessonPlace.objects.get_or_create(
        employee=employee,
        lesson=lesson,
        defaults={"furthest": 0, "started_at": now, "touched_at": now},
    )
    place.step = max(1, min(part, place.furthest + 1, len(lesson.parts)))
    place.furthest = max(place.furthest, place.step)
    if place.step == part:
        place.read |= {str(article): number for article, number in versions.items()}
    place.touched_at = now
    place.save(update_fields=["step", "furthest", "read", "touched_at"])
    return place


@transaction.atomic
def complete(
    *, employee: Employee, lesson: Lesson, by: User, now: datetime.datetime
) -> LessonCompletion:
    """``employee`` has opened every step and says so; a second time finds the first. Raises StepsUnread."""
    if done := _completion(employee, lesson):
        return done
    place = LessonPlace.objects.filter(employee=employee, lesson=lesson).first()
    left = len(lesson.parts) - (place.furthest if place else 0)
    if left > 0:
        raise StepsUnread(
            ngettext(
                "Open the step that is left first.",
                "Open the %(n)s steps that are left first.",
                left,
            )
            % {"n": left}
        )
    basis = sorted(place.read.items())
    try:
        with transaction.atomic():
            done = LessonCompletion.objects.create(
                employee=employee, lesson=lesson, completed_at=now, basis=basis
            )
    except IntegrityError:
        return _completion(employee, lesson)
    for competence in lesson.competences.all():
        progress(
            employee=employee,
            competence=competence,
            source=(SOURCE, str(lesson.pk)),
            basis=[(uuid.UUID(article), number) for article, number in basis],
            by=by,
            now=now,
        )
    plans = Enrollment.objects.under_way().filter(employee=employee, items__lesson=lesson)
    for plan in plans.select_related("employee"):
        complete_if_done(enrollment=plan, now=now)
    return done


def _completion(employee: Employee, lesson: Lesson) -> LessonCompletion | None:
    return LessonCompletion.objects.filter(employee=employee, lesson=lesson).first()
