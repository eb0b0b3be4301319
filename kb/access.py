"""May this viewer see this object? The queryset gate, asked with one primary key."""

import datetime
from typing import Any

from django.db.models import QuerySet

from kb.models import ArticlePage, Document, FileUse, Image, SectionPage
from people.roles import Role
from people.viewer import Viewer


def can_view(obj: Any, viewer: Viewer, at: datetime.datetime) -> bool:
    """Whether ``viewer`` may see ``obj`` (an article, section, image or document) at ``at``.

    Anything else is refused: a new kind of object must be taught here first.
    """
    if isinstance(obj, ArticlePage | SectionPage):
        return type(obj).objects.visible_to(viewer, at).filter(pk=obj.pk).exists()
    if isinstance(obj, Image):
        return _file_is_visible(FileUse.objects.filter(image=obj), viewer, at)
    if isinstance(obj, Document):
        return _file_is_visible(FileUse.objects.filter(document=obj), viewer, at)
    return False


def _file_is_visible(uses, viewer: Viewer, at: datetime.datetime) -> bool:
    """One visible user is enough; customers do not count uses inside internal parts.

    Who writes sees every file; a lead, who may have to approve it, one that nobody has read yet.
    """
    if viewer.edits_knowledge:
        return True
    if viewer.has_role(Role.LEAD) and not uses.exists():
        return True
    if not viewer.is_employee:
        uses = uses.filter(internal=False)
    articles = ArticlePage.objects.visible_to(viewer, at)
    return articles.filter(pk__in=uses.values("article")).exists()


def visible_documents(viewer: Viewer, at: datetime.datetime) -> QuerySet[Document]:
    """The documents that ``viewer`` may fetch because an article they see links them."""
    if viewer.edits_knowledge:
        return Document.objects.all()
    uses = FileUse.objects.filter(
        document__isnull=False, article__in=ArticlePage.objects.visible_to(viewer, at)
    )
    if not viewer.is_employee:
        uses = uses.filter(internal=False)
    return Document.objects.filter(pk__in=uses.values("document"))


def visible_pages(viewer: Viewer, at: datetime.datetime) -> QuerySet:
    """The primary keys of all articles and sections that ``viewer`` may see."""
    articles = ArticlePage.objects.visible_to(viewer, at).order_by().values("pk")
    sections = SectionPage.objects.visible_to(viewer, at).order_by().values("pk")
    return articles.union(sections)
