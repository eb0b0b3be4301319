"""Importing people and shifts in the back office: upload, report, confirm.

Between report and confirmation the file waits in the cache for a quarter of an hour, under a key that
only this session knows; it is never written to disk by us and is forgotten when it is imported.
"""

import secrets
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from people.forms.imports import PEOPLE, UploadForm
from people.importing.people_import import import_people
from people.importing.shifts import import_shifts
from people.importing.tables import MAX_BYTES, UnreadableFile, read_table, too_big
from people.models import Employee, User
from people.refusals import Refusal

KEPT_SECONDS = 15 * 60
SHOWN_ERRORS = 200
SESSION_KEY = "people_import"


def may_import(user: User) -> bool:
    """Whoever may hire and change anybody may do it by file."""
    policy = policy_registry.get_by_type(Employee)
    return policy.user_has_permission(user, "add") and policy.user_has_permission(user, "change")


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """GET: the form. POST of a file: the report of a dry run. POST of "confirm": the import itself."""

    template_name = "people/admin/import.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"

    def dispatch(self, request, *args, **kwargs):
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", UploadForm())
        return context

    def post(self, request):
        return self._confirm(request) if "confirm" in request.POST else self._upload(request)

    def _upload(self, request):
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form=form)
        upload = form.cleaned_data["file"]
        waiting = {
            "name": upload.name,
            "kind": form.cleaned_data["kind"],
            "sheet": form.cleaned_data["sheet"],
            "create_missing": form.cleaned_data["create_missing"],
        }
        try:
            if upload.size > MAX_BYTES:
                raise too_big()
            waiting["content"] = upload.read()
            report = self._run(request, waiting, dry_run=True)
        except UnreadableFile as refusal:
            form.add_error("file", str(refusal))
            return self._page(form=form)
        finally:
            upload.close()
        if not report.refused:
            token = secrets.token_urlsafe(24)
            cache.set(f"{SESSION_KEY}:{token}", waiting, KEPT_SECONDS)
            request.session[SESSION_KEY] = token
        return self._page(form=form, report=report, waiting=waiting)

    def _confirm(self, request):
        token = request.session.pop(SESSION_KEY, "")
        waiting = cache.get(f"{SESSION_KEY}:{token}") if token else None
        if waiting is None:
            messages.error(
                request, _("The file has been forgotten meanwhile. Upload it once more.")
            )
            return redirect("people_import:index")
        cache.delete(f"{SESSION_KEY}:{token}")
        try:
            report = self._run(request, waiting, dry_run=False)
        except Refusal as refusal:
            messages.error(request, f"{refusal} {_('Nothing was written.')}")
            return redirect("people_import:index")
        if report.refused:
            return self._page(form=UploadForm(), report=report, waiting=waiting)
        messages.success(
            request,
            _("New: %(new)s, changed: %(changed)s, as they were: %(unchanged)s.")
            % {"new": report.imported, "changed": report.updated, "unchanged": report.unchanged},
        )
        people = waiting["kind"] == PEOPLE
        return redirect("people_employees:index" if people else "people_shifts:index")

    @staticmethod
    def _run(request, waiting: dict[str, Any], *, dry_run: bool):
        table = read_table(waiting["content"], name=waiting["name"], sheet=waiting["sheet"])
        if waiting["kind"] != PEOPLE:
            return import_shifts(table, dry_run=dry_run)
        return import_people(
            table,
            by=request.user,
            now=timezone.now(),
            create_missing=waiting["create_missing"],
            dry_run=dry_run,
        )

    def _page(self, **context):
        report = context.get("report")
        if report is not None:
            context["errors"] = report.refused[:SHOWN_ERRORS]
            context["more_errors"] = max(0, len(report.refused) - SHOWN_ERRORS)
            context["ready"] = not report.refused and (report.imported or report.updated)
        return self.render_to_response(self.get_context_data(**context))


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
