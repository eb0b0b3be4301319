"""What is said of approval: a text waits for it; somebody's was answered."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, TaskState

from kb.choices import Audience
from kb.models import ArticlePage
from notifications.extensions import Group, Rendered
from people.roles import Role
from people.viewer import Viewer

APPROVALS = Group(key="kb.approvals", label=gettext_lazy("Approval of articles"))


def _states(params: Sequence[dict[str, Any]]) -> dict[int, TaskState]:
    """The submissions named in ``params``, with who sent and who answered them. One query."""
    return (
        TaskState.objects.select_related("workflow_state__requested_by", "finished_by", "revision")
        .defer("revision__content")
        .in_bulk([item["task_state"] for item in params])
    )


def _pages(states: dict[int, TaskState]) -> dict[int, Page]:
    """The page of each submission, by the submission's id. One query."""
    ids = {pk: int(state.revision.object_id) for pk, state in states.items()}
    found = Page.objects.in_bulk(set(ids.values()))
    return {pk: found[page] for pk, page in ids.items() if page in found}


def _edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class ApprovalAsked:
    """To those who may approve and did not write it, while it waits."""

    name = "kb.approval_asked"
    group = APPROVALS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing once it is answered, or for who may not approve it any more. At most four queries."""
        states = _states(params)
        pages = _pages(states)
        theirs = self._for_viewer(states, pages, viewer)
        return [
            self._said(states[item["task_state"]], pages[item["task_state"]])
            if item["task_state"] in theirs
            else None
            for item in params
        ]

    def _for_viewer(
        self, states: dict[int, TaskState], pages: dict[int, Page], viewer: Viewer
    ) -> set[int]:
        if not (viewer.edits_knowledge or viewer.has_role(Role.LEAD)):
            return set()
        waiting = {
            pk: pages[pk].pk
            for pk, state in states.items()
            if state.status == TaskState.STATUS_IN_PROGRESS and pk in pages
        }
        closed: set[int] = set()
        if not viewer.edits_knowledge:
            outside = Q(audience=Audience.TEAMS) & ~Q(audience_teams__team__in=viewer.team_ids)
            closed = set(
                ArticlePage.objects.filter(outside, pk__in=waiting.values()).values_list(
                    "pk", flat=True
                )
            )
        saved_last = dict(
            Revision.page_revisions.filter(
                object_id__in=[str(page) for page in waiting.values()], user_id=viewer.user_id
            )
            .order_by("created_at")
            .values_list("object_id", "created_at")
        )
        return {
            pk
            for pk, page in waiting.items()
            if page not in closed
            and not (str(page) in saved_last and saved_last[str(page)] > states[pk].started_at)
        }

    def _said(self, state: TaskState, page: Page) -> Rendered:
        sender = state.workflow_state.requested_by
        line = (
            _("Waits for your approval, sent by %(name)s") % {"name": sender.get_full_name()}
            if sender
            else _("Waits for your approval")
        )
        return Rendered(
            title=page.draft_title or page.title,
            line=line,
            url=_edit_url(page),
            why=_("To you: you approve articles and did not write this text"),
            subject=_("An article waits for your approval"),
        )


class ApprovalAnswered:
    """To whoever sent it: approved, or changes requested, with the comment."""

    name = "kb.approval_answered"
    group = APPROVALS

    def render(
        self, params: Sequence[dict[str, Any]], *, viewer: Viewer, at: datetime.datetime
    ) -> list[Rendered | None]:
        """Nothing for who does not edit any more. Two queries."""
        if not viewer.edits_knowledge:
            return [None] * len(params)
        states = _states(params)
        pages = _pages(states)
        return [
            self._said(states[pk], pages[pk])
            if (pk := item["task_state"]) in pages
            and states[pk].workflow_state.requested_by_id == viewer.user_id
            else None
            for item in params
        ]

    def _said(self, state: TaskState, page: Page) -> Rendered:
        name = state.finished_by.get_full_name() if state.finished_by else ""
        words = {"name": name, "comment": state.comment}
        if state.status == TaskState.STATUS_APPROVED:
            line = (
                _("%(name)s: approved. %(comment)s") if state.comment else _("%(name)s: approved")
            )
            subject = _("Your text was approved")
        else:
            line = (
                _("%(name)s requests changes: %(comment)s")
                if state.comment
                else _("%(name)s requests changes")
            )
            subject = _("Changes are requested in your text")
        return Rendered(
            title=page.draft_title or page.title,
            line=line % words,
            url=_edit_url(page),
            why=_("To you: you sent it for approval"),
            subject=subject,
        )


APPROVAL_ASKED = ApprovalAsked()
APPROVAL_ANSWERED = ApprovalAnswered()
