"""Images and documents: served only to those who see an article that uses them."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from kb.access import can_view
from kb.models import Document, Rendition

KEEP_PRIVATELY = "private, max-age=600"


@require_safe
def image(request: HttpRequest, image_uuid: UUID, rendition_id: int) -> HttpResponse:
    """An image in one size."""
    rendition = get_object_or_404(
        Rendition.objects.select_related("image"), pk=rendition_id, image__uuid=image_uuid
    )
    if not can_view(rendition.image, request.viewer, timezone.now()):
        raise Http404
    return _file(rendition.file, as_attachment=False)


@require_safe
def document(request: HttpRequest, document_uuid: UUID, filename: str) -> HttpResponse:
    """A document, always as a download: nothing uploaded is ever shown inside our own pages."""
    found = get_object_or_404(Document, uuid=document_uuid)
    if not can_view(found, request.viewer, timezone.now()):
        raise Http404
    return _file(found.file, as_attachment=True, filename=found.filename)


def _file(file, **options) -> FileResponse:
    try:
        response = FileResponse(file.open("rb"), **options)
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = KEEP_PRIVATELY
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
