"""Wagtail's views of pages where ours must differ: what is approved, called off, copied, taken off, listed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.revisions import (
    RevisionsCompareView,
    RevisionsUnscheduleView,
    RevisionsView,
)
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from kb.choices import Kind, State
from kb.forms.pages import DraftCopyForm
from kb.models import ArticlePage, VersionState
from kb.refusals import ApprovalRefused
from kb.services.versions import call_off
from kb.side_panels import with_article_checks
from kb.starters import STARTED, starter_of


class WritingView(CreateView):
    """A new page; an article begins with the parts of its kind, and its text is looked at as it is written."""

    def get(self, request):
        """Fill the body in before the form is made of it, if its writer chose a kind."""
        like = request.GET.get("like", "")
        if isinstance(self.page, ArticlePage) and like in STARTED:
            self.page.kind = like
            self.page.body = starter_of(Kind(like))
        return super().get(request)

    def get_side_panels(self):
        """With our checks."""
        return with_article_checks(super().get_side_panels(), parent=self.parent_page)


class ApprovingEditView(EditView):
    """Approving is reading: whoever changes the text has written it."""

    def perform_workflow_action(self):
        """Refuse an approval that comes with changes, before anything is saved. Raises ApprovalRefused."""
        if self.workflow_action == "approve" and self.has_content_changes:
            raise ApprovalRefused(
                _(
                    "The text was changed on this page, so it cannot be approved as it was submitted. "
                    "Save your changes for somebody else to approve, or request them from the author."
                )
            )
        return super().perform_workflow_action()

    def get_side_panels(self):
        """With our checks, for whoever approves too."""
        return with_article_checks(super().get_side_panels())


class ApproversRevisionView(RevisionsView):
    """A draft as it would read; also for a lead who approves it and edits nothing else."""

    def dispatch(self, request, *args, **kwargs):
        """The page's own check stands in ``get_object``; Wagtail's second one asks for a right on the tree."""
        return super(RevisionsView, self).dispatch(request, *args, **kwargs)


class ApproversCompareView(RevisionsCompareView):
    """What changed; also for a lead who approves it and edits nothing else."""

    def dispatch(self, request, *args, **kwargs):
        """As above."""
        return super(RevisionsCompareView, self).dispatch(request, *args, **kwargs)


class CallOffView(RevisionsUnscheduleView):
    """Unscheduling calls the announced version off."""

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        """Call it off, then let Wagtail take its own mark away and say so."""
        if isinstance(self.object, ArticlePage):
            call_off(
                article=self.object,
                revision_id=self.revision.pk,
                by=request.user,
                now=timezone.now(),
            )
        return super().post(request, *args, **kwargs)


class DraftCopyView(CopyView):
    """Copies are drafts."""

    def get_form_class(self):
        """The form without publishing and aliases."""
        return DraftCopyForm


class GuardedMoveView(MoveConfirmView):
    """Wagtail asks for the right to move only when it moves; the question before names both pages."""

    def dispatch(self, request, page_to_move_id, destination_id, *args, **kwargs):
        """Refuse whoever may not move this page there, before anything is named."""
        page = get_object_or_404(Page, pk=page_to_move_id)
        destination = get_object_or_404(Page, pk=destination_id)
        if not page.specific.permissions_for_user(request.user).can_move_to(destination.specific):
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, *args, **kwargs)


class TakeOffView(UnpublishView):
    """Unpublishing and what follows from it happen together or not at all."""

    @transaction.atomic
    def unpublish(self):
        """In one transaction."""
        return super().unpublish()


def _audience(page) -> str:
    return page.get_audience_display() if isinstance(page, ArticlePage) else ""


def _kind(page) -> str:
    return page.get_kind_display() if isinstance(page, ArticlePage) else ""


def _owner(page) -> str:
    owner = getattr(page, "content_owner", None)
    return owner.full_name if owner else ""


def _updated(page):
    """When somebody last worked on it; an imported article came into force without a draft."""
    return page.latest_revision_created_at or page.last_published_at


def _version(page) -> str:
    """What holds and what waits, as in: 3 · 4 from 2 December."""
    if not isinstance(page, ArticlePage):
        return ""
    if page.archived_at:
        return _("archived")
    parts = [str(page.version)] if page.version else []
    parts += [
        _("%(number)s from %(day)s")
        % {"number": number, "day": date_format(timezone.localtime(at), "j E")}
        for number, at in getattr(page, "announced", ())
    ]
    return " · ".join(parts)


class KnowledgeListView(ExplorableIndexView):
    """The tree as editors need it: whose, for whom, which version."""

    base_columns = [
        *[
            column
            for column in ExplorableIndexView.base_columns
            if column.name in ("bulk_actions", "title", "parent")
        ],
        Column("kind", label=gettext_lazy("Kind"), accessor=_kind, width="9%"),
        Column("audience", label=gettext_lazy("Audience"), accessor=_audience, width="10%"),
        Column("content_owner", label=gettext_lazy("Owner"), accessor=_owner, width="11%"),
        Column("version", label=gettext_lazy("Version"), accessor=_version, width="8%"),
        DateColumn(
            "latest_revision_created_at",
            label=gettext_lazy("Updated"),
            accessor=_updated,
            sort_key="latest_revision_created_at",
            width="9%",
        ),
        PageStatusColumn("status", label=gettext_lazy("Status"), sort_key="live", width="10%"),
    ]

    @cached_property
    def columns(self):
        """Ours."""
        return self.base_columns

    def get_context_data(self, **kwargs):
        """Fetch owners and waiting versions of all rows in one query each."""
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        owned = [row for row in rows if hasattr(row, "content_owner_id")]
        for model in {type(row) for row in owned}:
            prefetch_related_objects([row for row in owned if type(row) is model], "content_owner")
        articles = {row.uuid: row for row in rows if isinstance(row, ArticlePage)}
        for article in articles.values():
            article.announced = []
        waiting = VersionState.objects.filter(state=State.ANNOUNCED, article_uuid__in=articles)
        for uuid, number, at in waiting.order_by("number").values_list(
            "article_uuid", "number", "effective_at"
        ):
            articles[uuid].announced.append((number, at))
        return context
