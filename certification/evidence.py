"""What competence may say of the attempts behind its evidence (fills ``competence.sources``)."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.loading import AGAIN, SOURCE
from certification.models import Attempt, Rescoring
from certification.permissions import READS_PROTOCOLS
from competence.extensions import SourceLink, SourceRef
from people.viewer import Viewer


def attempt_links(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """The tests behind events of people whose record ``viewer`` may read: its person gets the page, HR the protocol.

    One query, one more where a test was judged anew.
    """
    numbered = [ref for ref in refs if ref.id.isdecimal()]
    wanted = {int(ref.id): ref for ref in numbered if ref.kind == SOURCE}
    again = {int(ref.id): ref for ref in numbered if ref.kind == AGAIN}
    readable = Attempt.objects.visible_to(viewer, timezone.now())
    found = {}
    if wanted:
        rows = readable.filter(pk__in=wanted).values_list("pk", "quiz__name", "employee")
        for pk, name, employee in rows:
            label = _("Test “%(name)s”") % {"name": name}
            found[wanted[pk]] = SourceLink(label, _address(pk, employee, viewer))
    if again:
        rows = Rescoring.objects.filter(pk__in=again, submission__attempt__in=readable.values("pk"))
        for pk, lifted, appeal, assessment, attempt, name, employee in rows.values_list(
            "pk",
            "lifted",
            "appeal",
            "assessment",
            "submission__attempt",
            "submission__attempt__quiz__name",
            "submission__attempt__employee",
        ):
            if assessment:
                words = _("Test “%(name)s”, its open answers assessed")
            elif appeal:
                words = _("Test “%(name)s”, judged anew: an appeal was accepted")
            elif lifted:
                words = _("Test “%(name)s”, judged anew: a question came back")
            else:
                words = _("Test “%(name)s”, judged anew: a question was suspended")
            url = _address(attempt, employee, viewer)
            found[again[pk]] = SourceLink(words % {"name": name}, url)
    return found


def _address(attempt: int, employee: int, viewer: Viewer) -> str:
    if employee == viewer.employee_id:
        return reverse("attempt", args=[attempt])
    if READS_PROTOCOLS.admits(viewer):
        return reverse("attempt_protocol", args=[attempt])
    return ""
