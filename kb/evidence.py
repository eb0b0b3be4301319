"""What competence may say of the articles behind its evidence (fills ``competence.sources``)."""

import uuid
from collections.abc import Collection

from django.utils import timezone

from competence.extensions import SourceLink, SourceRef
from kb.models import ArticlePage
from people.viewer import Viewer

KIND = "article"


def article_links(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """Title and address of each article that ``viewer`` may read. One query, and Wagtail's for the site."""
    wanted = {uuid.UUID(ref.id): ref for ref in refs if ref.kind == KIND}
    if not wanted:
        return {}
    found = ArticlePage.objects.visible_to(viewer, timezone.now()).filter(uuid__in=wanted)
    return {
        wanted[article.uuid]: SourceLink(article.title, article.url or "")
        for article in found.defer("body")
    }
