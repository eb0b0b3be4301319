"""Tasks about articles and sections: making them, joining them, closing them."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from kb.choices import OPEN_TASK_STATES, TaskState
from kb.models import ArticlePage, ContentTask, SectionPage, TaskReport
from people.models import Employee

DAYS = 14
"""Until a task is due, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class About:
    """What a task is about: an article, or else a section."""

    article: ArticlePage | None = None
    section: SectionPage | None = None

    def owner(self) -> Employee | None:
        """The owner of the article, else of the nearest section above that has one and who works here."""
        page = self.article or self.section
        if page is None:
            return None
        if page.content_owner is not None and page.content_owner.left_on is None:
            return page.content_owner
        above = SectionPage.objects.ancestor_of(page).filter(
            content_owner__isnull=False, content_owner__left_on=None
        )
        nearest = above.order_by("-depth").select_related("content_owner").first()
        return nearest.content_owner if nearest else None


def open_task(
    *,
    kind: str,
    about: About,
    title: str,
    now: datetime.datetime,
    details: str = "",
    source: str = "",
    source_key: str = "",
    owner: Employee | None = None,
) -> ContentTask:
    """Make a task, or give the open one that was made from the same source. Safe to repeat.

    Without ``owner`` it goes to whoever owns what it is about.
    """
    if source_key and (found := _open_one(source, source_key)):
        return found
    try:
        with transaction.atomic():
            return ContentTask.objects.create(
                kind=kind,
                article=about.article,
                section=about.section if about.article is None else None,
                title=title[:255],
                details=details,
                owner=owner or about.owner(),
                due_on=now.date() + datetime.timedelta(days=DAYS),
                source=source,
                source_key=source_key[:200],
                created_at=now,
            )
    except IntegrityError:
        # Somebody was quicker by a moment; theirs is the task.
        if source_key and (found := _open_one(source, source_key)):
            return found
        raise


def _open_one(source: str, source_key: str) -> ContentTask | None:
    return ContentTask.objects.still_open().made_from(source, source_key[:200]).first()


def join(*, task: ContentTask, employee_id: int, now: datetime.datetime) -> bool:
    """Note that somebody reported the same; False if they had already."""
    _report, created = TaskReport.objects.get_or_create(
        task=task, employee_id=employee_id, defaults={"reported_at": now}
    )
    return created


def set_state(*, task: ContentTask, state: str, now: datetime.datetime, outcome: str = "") -> None:
    """Move a task on; closing it says when, opening it again forgets that."""
    task.state = TaskState(state)
    task.closed_at = None if state in OPEN_TASK_STATES else task.closed_at or now
    task.outcome = outcome or task.outcome
    task.save(update_fields=["state", "closed_at", "outcome"])
