"""Pages and files of the knowledge base."""

from django.http import Http404, HttpRequest, HttpResponse


def image(request: HttpRequest, image_uuid, rendition_id: int) -> HttpResponse:
    """An image, if the viewer may see an article that shows it."""
    raise Http404


def document(request: HttpRequest, document_uuid, filename: str) -> HttpResponse:
    """A document, if the viewer may see an article that links it."""
    raise Http404


def sitemap(request: HttpRequest) -> HttpResponse:
    """The public articles, for search engines."""
    raise Http404
