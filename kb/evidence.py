"""What competence may say of the articles behind its evidence (fills ``competence.sources``)."""

import uuid
from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone

from competence.extensions import SourceLink, SourceRef
from kb.models import ArticlePage, ChangeNotice
from people.viewer import Viewer

KIND = "article"


CHANGE = "change"
"""A version that changed something people must know: ``article uuid:number``."""


def change_links(refs: Collection[SourceRef], viewer: Viewer) -> dict[SourceRef, SourceLink]:
    """The package a change belongs to, with its address; one without a package is named by its article. One query."""
    wanted = {ref.id: ref for ref in refs if ref.kind == CHANGE}
    if not wanted:
        return {}
    notices = ChangeNotice.objects.visible_to(viewer, timezone.now()).filter(
        package__isnull=False, article_uuid__in={one.partition(":")[0] for one in wanted}
    )
    found = {}
    for notice in notices.select_related("package"):
        ref = wanted.get(f"{notice.article_uuid}:{notice.number}")
        if ref is not None:
            found[ref] = SourceLink(notice.name, reverse("notice", args=[notice.pk]))
    return found


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
