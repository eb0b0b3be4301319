"""What is built once an import has written its articles: the editors' search index, and statistics."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from kb.models import ArticlePage

CHUNK = 50


def articles_not_indexed() -> list[int]:
    """The articles that the editors' search does not find yet."""
    entries = IndexEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ArticlePage), object_id=OuterRef("key")
    )
    rows = ArticlePage.objects.annotate(key=Cast("pk", CharField())).filter(~Exists(entries))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def index_for_editors(articles: list[int], advanced: Callable[[int], None]) -> None:
    """Put ``articles`` into Wagtail's own index, a short transaction for every fifty."""
    backend = get_search_backend()
    for start in range(0, len(articles), CHUNK):
        chunk = ArticlePage.objects.filter(pk__in=articles[start : start + CHUNK])
        chunk = list(chunk.prefetch_related("tagged_items"))
        with transaction.atomic():
            backend.add_bulk(ArticlePage, chunk)
        advanced(min(start + CHUNK, len(articles)))


def analyze() -> None:
    """Let the database count its rows again, so that it chooses the right indexes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
