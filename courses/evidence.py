"""What competence may say of lessons and signatures behind its evidence (fills ``competence.sources``)."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from competence.extensions import SourceLink, SourceRef
from courses.models import Lesson, SignOff
from people.viewer import Viewer

LESSON, SIGN_OFF = "lesson", "signoff"


def learning_links(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """Titles of lessons and tasks that ``viewer`` may see, lessons with their address. Two queries."""
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
    return found
