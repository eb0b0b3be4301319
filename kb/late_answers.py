"""Which answers to readers are overdue, and who is to know of them: who owes them, and who leads those."""

import datetime

from django.db.models import Q

from kb.models import ArticlePage, ContentTask
from kb.models.tasks import READERS
from people.selectors import leads_everybody, led_by
from people.viewer import Viewer


def late_answers(at: datetime.datetime):
    """Feedback that waits longer for an answer than its reader was promised, the longest first."""
    waiting = ContentTask.objects.still_open().filter(source=READERS, merged_into=None)
    return waiting.filter(due_at__lt=at, article__in=_in_force(at)).order_by("due_at", "pk")


def late_for(viewer: Viewer, at: datetime.datetime) -> list[ContentTask]:
    """What is overdue of ``viewer`` and of those they lead; to the head also what nobody owns. Three queries.

    As far as they may read the article. Who leads is shown no word of the readers: only which article, why, whose
    it is and since when.
    """
    if viewer.employee_id is None:
        return []
    theirs = Q(owner=viewer.employee_id) | Q(owner__in=led_by(viewer, at))
    if leads_everybody(viewer):
        theirs |= Q(owner=None)
    readable = ArticlePage.objects.visible_to(viewer, at).order_by().values("pk")
    rows = late_answers(at).filter(theirs, article__in=readable)
    return list(rows.select_related("article", "owner").defer("article__body"))


def _in_force(at: datetime.datetime):
    return ArticlePage.objects.in_force(at).order_by().values("pk")
