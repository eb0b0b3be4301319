"""What competence may say of lessons and signatures behind its evidence (fills ``competence.sources``)."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from competence.extensions import SourceLink, SourceRef
from courses.models import Attendance, Lesson, SignOff
from people.viewer import Viewer

LESSON, SIGN_OFF, ATTENDANCE = "lesson", "signoff", "attendance"


def learning_links(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """Titles of lessons, tasks and sessions that ``viewer`` may see, lessons with their address. Three queries."""
    found: dict[SourceRef, SourceLink] = {}
    at = timezone.now()
    if lessons := {int(ref.id): ref for ref in refs if ref.kind == LESSON}:
        rows = Lesson.objects.visible_to(viewer, at).filter(pk__in=lessons).defer("body")
        for row in rows:
            found[lessons[row.pk]] = SourceLink(
                _("Lesson “%(title)s”") % {"title": row.title}, reverse("lesson", args=[row.pk])
            )
    if signed := {int(ref.id): ref for ref in refs if ref.kind == SIGN_OFF}:
        rows = SignOff.objects.visible_to(viewer, at).filter(pk__in=signed).select_related("task")
        for row in rows:
            found[signed[row.pk]] = SourceLink(
                _("Practice “%(task)s”, showing %(n)s") % {"task": row.task, "n": row.repetition}
            )
    if attended := [ref for ref in refs if ref.kind == ATTENDANCE]:
        # "17.2" is the second time that row 17 said that somebody was there.
        by_row = {ref: int(ref.id.partition(".")[0]) for ref in attended}
        rows = Attendance.objects.visible_to(viewer, at).select_related("session")
        seen = rows.in_bulk(list(by_row.values()))
        for ref, pk in by_row.items():
            if pk in seen:
                found[ref] = SourceLink(
                    _("Session “%(title)s”") % {"title": seen[pk].session},
                    reverse("theory_session", args=[seen[pk].session_id]),
                )
    return found
