"""Telling approvers what waits for them and authors what was answered; also for what was missed."""

import datetime

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, TaskState

from kb.models.approval import (
    APPROVING_ROLES,
    ArticleApprovalState,
    is_approver,
    writers_since_approval,
)
from kb.notices.approvals import APPROVAL_ANSWERED, APPROVAL_ASKED
from notifications.services.notifying import notify, withdraw
from people.models import Employee
from people.roles import group_name

# Answers older than this are no news to anybody.
REPAIRED_FOR = datetime.timedelta(days=14)
ANSWERS = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


def approvers_of(page: Page) -> list[Employee]:
    """Who may approve what is submitted of ``page``: the role, and not having worked on the text."""
    groups = Group.objects.filter(name__in=[group_name(role) for role in APPROVING_ROLES])
    people = (
        Employee.objects.filter(user__groups__in=groups, user__is_active=True)
        .exclude(user__in=writers_since_approval(page))
        .select_related("user")
        .distinct()
    )
    return [employee for employee in people if is_approver(employee.user, page)]


def tell_of_submission(*, task_state: TaskState, now: datetime.datetime) -> int:
    """Tell everybody who may approve it. Returns how many were told now."""
    page = task_state.workflow_state.content_object
    if page is None:
        return 0
    return notify(
        event_key=_asked(task_state),
        kind=APPROVAL_ASKED.name,
        params={"task_state": task_state.pk},
        recipients=approvers_of(page),
        now=now,
    )


def tell_of_answer(*, task_state: TaskState, now: datetime.datetime) -> int:
    """Tell whoever sent it what came of it, and take the question back. Returns how many were told now."""
    withdraw(event_key=_asked(task_state), now=now)
    sender = task_state.workflow_state.requested_by_id
    if sender is None or sender == task_state.finished_by_id:
        return 0
    return notify(
        event_key=f"kb.approval_answered:{task_state.pk}",
        kind=APPROVAL_ANSWERED.name,
        params={"task_state": task_state.pk},
        recipients=Employee.objects.filter(user=sender),
        now=now,
    )


def take_question_back(*, task_state: TaskState, now: datetime.datetime) -> None:
    """Nobody has to answer it any more."""
    withdraw(event_key=_asked(task_state), now=now)


def repair_notices(*, now: datetime.datetime) -> int:
    """Tell what was missed, from the rows of the workflow alone; safe to repeat. Returns how many were told."""
    submissions = TaskState.objects.filter(
        content_type=ContentType.objects.get_for_model(ArticleApprovalState)
    ).select_related("workflow_state")
    told = 0
    for state in submissions.filter(status=TaskState.STATUS_IN_PROGRESS):
        told += tell_of_submission(task_state=state, now=now)
    for state in submissions.filter(status__in=ANSWERS, finished_at__gt=now - REPAIRED_FOR):
        told += tell_of_answer(task_state=state, now=now)
    for state in submissions.filter(
        status__in=[TaskState.STATUS_CANCELLED, TaskState.STATUS_SKIPPED],
        started_at__gt=now - REPAIRED_FOR,
    ):
        take_question_back(task_state=state, now=now)
    return told


def _asked(task_state: TaskState) -> str:
    return f"kb.approval_asked:{task_state.pk}"
