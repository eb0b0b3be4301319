"""Wagtail's index of references (who uses this image, who links here), written in bulk for new articles."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from kb.models import ArticlePage


def write_new(articles: Iterable[ArticlePage]) -> None:
    """Write the references of articles that have none yet. Call inside the transaction of their rows."""
    of_article = ContentType.objects.get_for_model(ArticlePage)
    of_page = ContentType.objects.get_for_model(Page)
    rows = [
        ReferenceIndex(
            content_type=of_article,
            base_content_type=of_page,
            object_id=article.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for article in articles
        for to_type, to_id, model_path, content_path in sorted(
            set(ReferenceIndex._extract_references_from_object(article))
        )
    ]
    ReferenceIndex.objects.bulk_create(rows, ignore_conflicts=True)
