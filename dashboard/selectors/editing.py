"""What waits for an editor: approvals, own drafts, tasks about articles they own."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from wagtail.models import Page, WorkflowState

from kb.models import ArticlePage, ContentTask
from people.viewer import Viewer

WAITING = 6


@dataclass(frozen=True)
class Waiting:
    """An article that waits for somebody's approval."""

    article: ArticlePage
    sent_by: str
    sent_at: datetime.datetime
    is_own: bool


def waiting_for_approval(viewer: Viewer) -> list[Waiting]:
    """Articles somebody has sent for approval, oldest first. Two queries."""
    states = list(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=ContentType.objects.get_for_model(Page),
        )
        .select_related("requested_by")
        .order_by("created_at")[:WAITING]
    )
    articles = ArticlePage.objects.defer("body").in_bulk([int(state.object_id) for state in states])
    return [
        Waiting(
            article=articles[int(state.object_id)],
            sent_by=state.requested_by.get_full_name() if state.requested_by else "",
            sent_at=state.created_at,
            is_own=state.requested_by_id == viewer.user_id,
        )
        for state in states
        if int(state.object_id) in articles
    ]


def own_drafts(viewer: Viewer, waiting: list[Waiting]) -> QuerySet[ArticlePage]:
    """Articles the viewer has changed last and not sent for approval yet, newest first. One query."""
    return (
        ArticlePage.objects.filter(has_unpublished_changes=True, archived_at__isnull=True)
        .filter(
            Q(latest_revision__user_id=viewer.user_id)
            | Q(owner_id=viewer.user_id, latest_revision=None)
        )
        .exclude(pk__in=[item.article.pk for item in waiting])
        .order_by("-latest_revision_created_at")
        .defer("body")[:WAITING]
    )


def own_tasks(viewer: Viewer) -> list[ContentTask]:
    """What the viewer is to do about articles and sections they own, the first due on top. One query."""
    if viewer.employee_id is None:
        return []
    mine = ContentTask.objects.still_open().filter(owner=viewer.employee_id)
    return list(
        mine.select_related("article", "section").order_by(
            F("due_on").asc(nulls_last=True), "created_at"
        )[:WAITING]
    )
