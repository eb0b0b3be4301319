"""Remembering which version somebody has read last, so that a newer one can say what changed for them."""

import datetime

from django.db.models import F

from kb.models import ArticlePage, Reading
from people.viewer import Viewer

MARKED_FOR = datetime.timedelta(days=1)
"""So long a page says that it changed since one last read it, unless one looks at the difference before."""


def note_opened(*, article: ArticlePage, viewer: Viewer, now: datetime.datetime) -> int | None:
    """``viewer`` has the version in force before them. The number they knew before, while the page should say so.

    No query and nothing written while it is the same version, if ``article`` comes ``with_last_reading``.
    """
    if viewer.employee_id is None or article.version is None:
        return None
    if not hasattr(article, "read_number"):
        article = ArticlePage.objects.with_last_reading(viewer).get(pk=article.pk)
    marked = article.read_before if _is_marked(article, now) else None
    if article.read_number is None:
        fresh = Reading(
            employee_id=viewer.employee_id, article=article, number=article.version, since=now
        )
        Reading.objects.bulk_create([fresh], ignore_conflicts=True)
        return None
    if article.read_number == article.version:
        return marked
    # Who has not looked at an earlier difference yet is shown both together.
    before = marked or article.read_number
    Reading.objects.visible_to(viewer, now).filter(
        article=article, number=article.read_number
    ).update(number=article.version, since=now, before=before)
    return before


def note_compared(*, article: ArticlePage, viewer: Viewer, older: int) -> None:
    """``viewer`` has looked at what changed since version ``older``: the page needs not say it any more."""
    Reading.objects.filter(
        employee=viewer.employee_id, article=article, before__gte=older, number=F("number")
    ).update(before=None)


def _is_marked(article: ArticlePage, now: datetime.datetime) -> bool:
    return article.read_before is not None and now < article.read_since + MARKED_FOR
