"""Who may do what in the tree and with files, and the workflow of approval: declared here, asserted at migrate."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from kb.models import ArticleApprovalTask
from kb.services.tree import ensure_root_section
from people.roles import Role, group_name

# Editors write and submit; what readers get takes a second person, or an administrator.
PAGE_RIGHTS = {
    Role.EDITOR: {"add_page", "change_page"},
    Role.ADMINISTRATOR: {
        "add_page",
        "change_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    },
}
EDITORS_FILES = {
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
}
FILE_RIGHTS = {
    Role.EDITOR: EDITORS_FILES,
    Role.ADMINISTRATOR: EDITORS_FILES | {"delete_image", "delete_document"},
}
# What a fresh Wagtail brings along: groups that publish, and a workflow in which authors approve themselves.
STOCK_GROUPS = ("Editors", "Moderators")
STOCK_WORKFLOW = "Moderators approval"


@transaction.atomic
def ensure_page_rights() -> None:
    """Give our roles exactly the rights declared above, and the tree its workflow. Idempotent.

    Rights of a customer's own groups, and a workflow they have put on the root section, stay.
    """
    root = ensure_root_section()
    for role in Role.values:
        group, _created = Group.objects.get_or_create(name=group_name(role))
        _set_page_rights(group, root, PAGE_RIGHTS.get(role, set()))
        _set_file_rights(group, FILE_RIGHTS.get(role, set()))
    # The names are stored: in the language of the house, not of whoever migrates.
    with override(settings.LANGUAGE_CODE):
        _ensure_workflow(root)
    _remove_stock()


def _set_page_rights(group: Group, root: Page, codenames: set[str]) -> None:
    wanted = set(
        Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=codenames
        ).values_list("pk", flat=True)
    )
    ours = GroupPagePermission.objects.filter(group=group)
    ours.exclude(page=root, permission__in=wanted).delete()
    standing = set(ours.values_list("permission_id", flat=True))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=root.pk, permission_id=pk)
        for pk in sorted(wanted - standing)
    )


def _set_file_rights(group: Group, codenames: set[str]) -> None:
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    wanted = set(
        Permission.objects.filter(content_type__app_label="kb", codename__in=codenames).values_list(
            "pk", flat=True
        )
    )
    ours = GroupCollectionPermission.objects.filter(group=group)
    ours.exclude(collection=collection, permission__in=wanted).delete()
    standing = set(ours.values_list("permission_id", flat=True))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission_id=pk)
        for pk in sorted(wanted - standing)
    )


def _ensure_workflow(root: Page) -> None:
    if WorkflowPage.objects.filter(page_id=root.pk, workflow__active=True).exists():
        return
    task = ArticleApprovalTask.objects.filter(active=True).order_by("pk").first()
    if task is None:
        task = ArticleApprovalTask.objects.create(name=_("A second person approves"))
    workflow = Workflow.objects.filter(active=True, workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=_("Approval"))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page_id=root.pk, defaults={"workflow": workflow})


def _remove_stock() -> None:
    unused = Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True)
    stock = set(unused.filter(page_permissions__page__depth=1).values_list("pk", flat=True))
    Group.objects.filter(pk__in=stock).delete()
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW):
        if not WorkflowState.objects.filter(workflow=workflow).exists():
            workflow.workflow_pages.all().delete()
            workflow.delete()
