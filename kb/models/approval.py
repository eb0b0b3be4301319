"""Four eyes: the task of a workflow in which somebody who did not write the text approves it."""

import datetime

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageLogEntry, Revision, Task, TaskState

from common.ledger import sha256_of
from kb.choices import Audience
from kb.models.articles import ArticlePage
from kb.models.changes import PendingChange
from kb.models.versions import ArticleVersion
from kb.refusals import ApprovalRefused
from people.models import User
from people.roles import Role, group_name
from people.viewer import Viewer

APPROVING_ROLES = (Role.EDITOR, Role.LEAD, Role.ADMINISTRATOR)
SAVING_ACTIONS = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy")


def digest_of(revision: Revision) -> str:
    """A hash of what an approver answers for in ``revision``: its text, and what is said to change."""
    page_class = revision.content_type.model_class()
    reviewed = page_class.reviewed_content(revision.content)
    said = PendingChange.objects.filter(article=revision.object_id)
    said = said.select_related("package").first()
    return sha256_of({**reviewed, "change": said.approved_words()} if said else reviewed)


def refuse_other_text(task_state: "ArticleApprovalState") -> Revision:
    """The submitted revision, if it is still the latest draft and reads as it did. Else ApprovalRefused."""
    submitted = Revision.objects.get(pk=task_state.revision_id)
    latest = Page.objects.values_list("latest_revision_id", flat=True).get(pk=submitted.object_id)
    if latest != submitted.pk:
        raise ApprovalRefused(
            gettext(
                "There is a newer draft than the one that was submitted. "
                "Request changes, so that it is submitted again."
            )
        )
    digest = getattr(task_state, "submitted_digest", "")
    if digest and digest != digest_of(submitted):
        raise ApprovalRefused(
            gettext(
                "The text has changed since it was submitted. "
                "Request changes, so that it is submitted again."
            )
        )
    return submitted


def writers_since_approval(page: Page) -> set[int]:
    """The users who saved anything of ``page`` since its last version (a section: since it was published)."""
    since = page.last_published_at
    article = ArticlePage.objects.filter(pk=page.pk).only("uuid").first()
    if article is not None:
        latest = ArticleVersion.objects.filter(article_uuid=article.uuid).order_by("-seq")
        since = latest.values_list("announced_at", flat=True).first()
    return _writers(page.pk, since)


def writers_of_version(article: ArticlePage, version: ArticleVersion) -> set[int]:
    """The users who saved anything of ``article`` between the version before ``version`` and its announcement."""
    before = ArticleVersion.objects.filter(article_uuid=version.article_uuid, seq__lt=version.seq)
    since = before.order_by("-seq").values_list("announced_at", flat=True).first()
    return _writers(article.pk, since, until=version.announced_at)


def _writers(
    page_id: int, since: datetime.datetime | None, *, until: datetime.datetime | None = None
) -> set[int]:
    revisions = Revision.page_revisions.filter(object_id=str(page_id), user__isnull=False)
    entries = PageLogEntry.objects.filter(
        page_id=page_id, action__in=SAVING_ACTIONS, user__isnull=False
    )
    if since is not None:
        revisions = revisions.filter(created_at__gt=since)
        entries = entries.filter(timestamp__gt=since)
    if until is not None:
        revisions = revisions.filter(created_at__lt=until)
        entries = entries.filter(timestamp__lt=until)
    return set(revisions.values_list("user_id", flat=True)) | set(
        entries.values_list("user_id", flat=True)
    )


def is_approver(user: User, page: Page) -> bool:
    """Whether ``user`` holds a role that approves; a lead only what their own people may read."""
    if user.is_superuser:
        return True
    held = set(
        Group.objects.filter(
            user=user, name__in=[group_name(role) for role in APPROVING_ROLES]
        ).values_list("name", flat=True)
    )
    if held - {group_name(Role.LEAD)}:
        return True
    if not held:
        return False
    outside = Q(audience=Audience.TEAMS) & ~Q(audience_teams__team__in=Viewer.of(user).team_ids)
    return not ArticlePage.objects.filter(outside, pk=page.pk).exists()


class ArticleApprovalState(TaskState):
    """One submission: which text exactly was put before the approvers."""

    submitted_digest = models.CharField(max_length=64, blank=True, editable=False)


class ArticleApprovalTask(Task):
    """An editor, a lead or an administrator who saved nothing since the last version approves."""

    task_state_class = ArticleApprovalState

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls):
        """What people who build workflows read about this kind of task."""
        return _("An editor or lead who saved nothing since the last version approves")

    @transaction.atomic
    def start(self, workflow_state, user=None):
        """Put the latest draft before the approvers, and keep what it reads like."""
        state = super().start(workflow_state, user=user)
        state.submitted_digest = digest_of(Revision.objects.get(pk=state.revision_id))
        state.save(update_fields=["submitted_digest"])
        return state

    def may_approve(self, page: Page, user: User) -> bool:
        """Whether ``user`` may approve what is submitted of ``page``."""
        return (
            user.is_active
            and is_approver(user, page)
            and user.pk not in writers_since_approval(page)
        )

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Approve or send back. Raises ApprovalRefused if this person may not, or the text is another one."""
        page = task_state.workflow_state.content_object
        if not self.may_approve(page, user):
            raise ApprovalRefused(
                gettext("Somebody else must look at it: you have worked on this text yourself.")
            )
        if action_name == "approve":
            refuse_other_text(task_state)
        return super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj, user):
        """Approvers open what they approve, also leads who otherwise edit nothing."""
        return self.may_approve(obj, user)

    def locked_for_user(self, obj, user):
        """While it is looked at, the text stays as it is, except for who may publish anyway."""
        permissions = obj.permissions_for_user(user)
        return not (permissions.can_publish() or self.may_approve(obj, user))

    def get_actions(self, obj, user):
        """Send back, approve, approve with a word."""
        if not self.may_approve(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """What waits for ``user`` on the home page of the admin."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        pages = {
            state.pk: state.revision.object_id
            for state in waiting.select_related("revision").defer("revision__content")
        }
        found = Page.objects.in_bulk([int(page) for page in pages.values()])
        mine = [
            state
            for state, page in pages.items()
            if int(page) in found and self.may_approve(found[int(page)], user)
        ]
        return self.task_states.filter(pk__in=mine)
