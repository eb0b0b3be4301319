"""The protocol of an examination, to be printed and signed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from certification.printing.protocols import protocol_pdf
from certification.selectors.protocols import protocol_of


@require_safe
def protocol(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Of an attempt that ended, for who examines the examination; of one's own somebody else prints it."""
    now = timezone.now()
    found = protocol_of(attempt_id, request.viewer, now)
    if found is None:
        raise Http404
    response = HttpResponse(protocol_pdf(found, now), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="protocol-{attempt_id}.pdf"'
    return response
