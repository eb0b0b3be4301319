"""What competence may say of the attempts behind its evidence (fills ``competence.sources``)."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.models import Attempt
from certification.services.submitting import SOURCE
from competence.extensions import SourceLink, SourceRef
from people.viewer import Viewer


def attempt_links(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """The tests behind events of people whose record ``viewer`` may read; the page opens for its person. One query."""
    wanted = {int(ref.id): ref for ref in refs if ref.kind == SOURCE and ref.id.isdecimal()}
    if not wanted:
        return {}
    rows = Attempt.objects.visible_to(viewer, timezone.now()).filter(pk__in=wanted)
    found = {}
    for pk, name, employee in rows.values_list("pk", "quiz__name", "employee"):
        own = employee == viewer.employee_id
        url = reverse("attempt", args=[pk]) if own else ""
        found[wanted[pk]] = SourceLink(_("Test “%(name)s”") % {"name": name}, url)
    return found
