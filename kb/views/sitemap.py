"""The sitemap: what customers may read, for the search engines of the world."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kb.models import ArticlePage
from people.viewer import ANONYMOUS

LIMIT = 50_000  # of the sitemap protocol, per file


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of public articles, whoever asks."""
    articles = (
        ArticlePage.objects.visible_to(ANONYMOUS, timezone.now())
        .order_by("pk")
        .only("url_path", "last_published_at", "path", "slug")[:LIMIT]
    )
    base = f"{request.scheme}://{request.get_host()}"
    addresses = [
        (f"{base}{article.get_url(request)}", article.last_published_at) for article in articles
    ]
    return TemplateResponse(
        request, "kb/sitemap.xml", {"addresses": addresses}, content_type="application/xml"
    )
