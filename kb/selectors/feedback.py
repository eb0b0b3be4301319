"""What readers said, as editors and owners see it, and as whoever said it sees it again."""

import datetime
import statistics
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Prefetch, Q

from kb.choices import OPEN_TASK_STATES
from kb.late_answers import late_for
from kb.models import ArticlePage, ContentTask, Feedback
from kb.models.tasks import READERS
from kb.services.feedback import may_answer, newer_version
from people.viewer import Viewer

PER_PAGE = 30
LOOKED_BACK = datetime.timedelta(days=90)
MINE = 20


@dataclass(frozen=True)
class FeedbackCount:
    """How an article fares with its readers."""

    given: int
    helped: int
    open: int


@dataclass(frozen=True)
class Queue:
    """What waits for an answer, and how long answers have taken."""

    page: Page
    open: int
    late: int
    median_hours: float | None

    @property
    def by_article(self) -> list[tuple[ArticlePage, list[ContentTask]]]:
        """The tasks of the page article by article; the article with the most urgent one on top."""
        found: dict[int, tuple[ArticlePage, list[ContentTask]]] = {}
        for task in self.page.object_list:
            found.setdefault(task.article_id, (task.article, []))[1].append(task)
        return list(found.values())


@dataclass(frozen=True)
class ItemReading:
    """One thing that readers said, for who answers it or who said it."""

    task: ContentTask
    said: list[Feedback]
    people: int
    may_answer: bool
    is_mine: bool
    newer: int | None
    alike: list[ContentTask]
    can_read: bool


def count_for(article: ArticlePage, viewer: Viewer) -> FeedbackCount | None:
    """For who edits or owns the article; nobody else is shown what others thought. At most one query."""
    owns = viewer.employee_id is not None and article.content_owner_id == viewer.employee_id
    if not (viewer.edits_knowledge or owns):
        return None
    counts = article.feedback.aggregate(
        given=Count("pk"),
        helped=Count("pk", filter=Q(helped=True)),
        open=Count("task", filter=Q(task__state__in=OPEN_TASK_STATES), distinct=True),
    )
    return FeedbackCount(**counts)


def open_about(page: object) -> int:
    """How many things that readers said of ``page`` wait for an answer; none of a section. One query."""
    if not isinstance(page, ArticlePage):
        return 0
    return ContentTask.objects.still_open().filter(article=page, source=READERS).count()


def of_feedback(viewer: Viewer, at: datetime.datetime):
    """What ``viewer`` is to answer: everything for who edits, their own for others."""
    tasks = ContentTask.objects.visible_to(viewer, at).filter(source=READERS, merged_into=None)
    return tasks if viewer.edits_knowledge else tasks.filter(owner=viewer.employee_id)


def queue_of(
    viewer: Viewer,
    at: datetime.datetime,
    *,
    article_id: int | None = None,
    mine: bool = False,
    closed: bool = False,
    page: str = "1",
) -> Queue:
    """The queue, the most urgent first; with ``closed`` what was answered, the latest first. Six queries."""
    tasks = of_feedback(viewer, at)
    if article_id is not None:
        tasks = tasks.filter(article=article_id)
    if mine:
        tasks = tasks.filter(owner=viewer.employee_id)
    waiting = tasks.still_open()
    shown = (
        tasks.exclude(state__in=OPEN_TASK_STATES).order_by("-closed_at", "-pk")
        if closed
        else waiting.order_by("due_at", "pk")
    )
    shown = (
        shown.select_related("article", "owner", "closed_by")
        .defer("article__body")
        .annotate(people=Count("feedback", distinct=True), said_of=Max("feedback__number"))
    )
    counts = waiting.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)))
    return Queue(
        page=Paginator(shown, PER_PAGE).get_page(page),
        median_hours=_median_hours(tasks.filter(closed_at__gt=at - LOOKED_BACK)),
        **counts,
    )


def _median_hours(tasks) -> float | None:
    spans = [closed - opened for opened, closed in tasks.values_list("created_at", "closed_at")]
    if not spans:
        return None
    return statistics.median(spans) / datetime.timedelta(hours=1)


def has_queue(viewer: Viewer, at: datetime.datetime) -> bool:
    """Whether ``viewer`` is one of those who answer: whoever edits, and whoever has had something to answer."""
    return viewer.edits_knowledge or of_feedback(viewer, at).exists()


def late_of_led(viewer: Viewer, at: datetime.datetime) -> list[ContentTask]:
    """What is overdue of those ``viewer`` leads; not of who sees the whole queue. Three queries, for who leads."""
    if viewer.edits_knowledge or not viewer.led_team_ids:
        return []
    return [one for one in late_for(viewer, at) if one.owner_id != viewer.employee_id]


def said_by(viewer: Viewer, at: datetime.datetime) -> list[Feedback]:
    """What the viewer said did not help, in their own words, the newest first, each thing once. One query."""
    if viewer.employee_id is None:
        return []
    own = Feedback.objects.visible_to(viewer, at).filter(
        employee=viewer.employee_id, task__isnull=False
    )
    rows = own.select_related("article", "task__closed_by").defer("article__body")
    newest: dict[int, Feedback] = {}
    for row in rows.order_by("-given_at", "-pk")[: 2 * MINE]:
        newest.setdefault(row.task_id, row)
    return list(newest.values())[:MINE]


def read_item(viewer: Viewer, feedback_id: int, at: datetime.datetime) -> ItemReading | None:
    """One thing in full: all remarks for who answers, one's own for who reported it. None if neither."""
    task = (
        ContentTask.objects.visible_to(viewer, at)
        .filter(source=READERS, pk=feedback_id)
        .select_related("article", "owner", "closed_by", "merged_into")
        .prefetch_related(
            Prefetch("feedback", Feedback.objects.select_related("employee").order_by("given_at"))
        )
        .first()
    )
    if task is None:
        return None
    answers = may_answer(task, viewer)
    said = list(task.feedback.all())
    own = [one for one in said if one.employee_id == viewer.employee_id is not None]
    return ItemReading(
        task=task,
        said=said if answers else own,
        people=len(said),
        may_answer=answers,
        is_mine=bool(own),
        newer=newer_version(task),
        alike=_alike(task, viewer, at) if answers and task.is_open else [],
        can_read=ArticlePage.objects.visible_to(viewer, at).filter(pk=task.article_id).exists(),
    )


def _alike(task: ContentTask, viewer: Viewer, at: datetime.datetime) -> list[ContentTask]:
    """What else is open about the same article, the oldest first."""
    others = of_feedback(viewer, at).still_open().filter(article=task.article_id)
    return list(others.exclude(pk=task.pk).order_by("created_at")[:PER_PAGE])
