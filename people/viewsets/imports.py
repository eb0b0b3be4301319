"""Importing people and shifts in the back office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from common.file_import import FileImportView
from people.forms.imports import PEOPLE, UploadForm
from people.importing.people_import import import_people
from people.importing.shifts import import_shifts
from people.importing.tables import MAX_BYTES, UnreadableFile, read_table
from people.models import Employee, User
from people.refusals import Refusal

SHOWN_ERRORS = 200


def may_import(user: User) -> bool:
    """Whoever may hire and change anybody may do it by file."""
    policy = policy_registry.get_by_type(Employee)
    return policy.user_has_permission(user, "add") and policy.user_has_permission(user, "change")


class ImportView(FileImportView):
    """A table of people or of shifts; one bad row, and nothing is written."""

    template_name = "people/admin/import.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"
    form_class = UploadForm
    session_key = "people_import"
    own_url = "people_import:index"
    most_bytes = MAX_BYTES
    unreadable = UnreadableFile
    refusals = (Refusal,)

    def dispatch(self, request, *args, **kwargs):
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def run(self, waiting: dict[str, Any], *, dry_run: bool):
        """What is in the file decides which import it is."""
        table = read_table(waiting["content"], name=waiting["name"], sheet=waiting["sheet"])
        if waiting["kind"] != PEOPLE:
            return import_shifts(table, dry_run=dry_run)
        return import_people(
            table,
            by=self.request.user,
            now=timezone.now(),
            create_missing=waiting["create_missing"],
            dry_run=dry_run,
        )

    def is_ready(self, report) -> bool:
        """Nothing is refused, and something is new."""
        return not report.refused and bool(report.imported or report.updated)

    def is_written(self, report) -> bool:
        """Not where meanwhile a row is refused."""
        return report.wrote

    def told(self, report) -> dict[str, Any]:
        """The first errors, and how many more."""
        return {
            "errors": report.refused[:SHOWN_ERRORS],
            "more_errors": max(0, len(report.refused) - SHOWN_ERRORS),
        }

    def done_url(self, waiting: dict[str, Any]) -> str:
        """The list of what came."""
        return "people_employees:index" if waiting["kind"] == PEOPLE else "people_shifts:index"


class ImportMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request) -> bool:
        return may_import(request.user)


class ImportViewSet(ViewSet):
    """The screen of the import."""

    name = "people_import"
    url_prefix = "people/import"
    icon = "upload"
    menu_label = gettext_lazy("Import")
    menu_order = 60
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self):
        return [path("", ImportView.as_view(), name="index")]
