"""Importing a file in the back office: upload, the report of a dry run, a word, the import.

Between report and word the file waits in the cache for a quarter of an hour, under a key that only this session
knows; it is never written to disk by us and is forgotten when it is imported.
"""

import secrets
from abc import abstractmethod
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

KEPT_SECONDS = 15 * 60


class FileImportView(WagtailAdminTemplateMixin, TemplateView):
    """GET: the form. POST of a file: the report of a dry run. POST of "confirm": the import itself.

    A report has ``imported``, ``updated`` and ``unchanged``, numbers.
    """

    form_class: type
    """With a field ``file``."""
    session_key = ""
    own_url = ""
    most_bytes = 0
    unreadable: type[Exception] = ValueError
    """What ``run`` raises for a file that is none, or too much of one."""
    refusals: tuple[type[Exception], ...] = ()
    """What it raises where the import as a whole is refused."""

    @abstractmethod
    def run(self, waiting: dict[str, Any], *, dry_run: bool) -> Any:
        """Import what waits (``name``, ``content`` and the other fields of the form), or only say what would come."""

    @abstractmethod
    def is_ready(self, report: Any) -> bool:
        """Whether there is something to import, and nothing in its way."""

    def is_written(self, report: Any) -> bool:
        """Whether the import itself has written what it could."""
        return True

    @abstractmethod
    def told(self, report: Any) -> dict[str, Any]:
        """What the page shows of a report."""

    @abstractmethod
    def done_url(self, waiting: dict[str, Any]) -> str:
        """Where to go after the import."""

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.setdefault("form", self.form_class())
        return context

    def post(self, request):
        return self._confirm(request) if "confirm" in request.POST else self._upload(request)

    def _upload(self, request):
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form=form)
        fields = dict(form.cleaned_data)
        upload: UploadedFile = fields.pop("file")
        waiting = {**fields, "name": upload.name}
        try:
            # One byte more than is allowed is enough to be refused.
            waiting["content"] = upload.read(self.most_bytes + 1)
            report = self.run(waiting, dry_run=True)
        except self.unreadable as refusal:
            form.add_error("file", str(refusal))
            return self._page(form=form)
        finally:
            upload.close()
        if self.is_ready(report):
            token = secrets.token_urlsafe(24)
            cache.set(f"{self.session_key}:{token}", waiting, KEPT_SECONDS)
            request.session[self.session_key] = token
        return self._page(form=form, report=report, waiting=waiting)

    def _confirm(self, request):
        token = request.session.pop(self.session_key, "")
        waiting = cache.get(f"{self.session_key}:{token}") if token else None
        if waiting is None:
            messages.error(
                request, _("The file has been forgotten meanwhile. Upload it once more.")
            )
            return redirect(self.own_url)
        cache.delete(f"{self.session_key}:{token}")
        try:
            report = self.run(waiting, dry_run=False)
        except (self.unreadable, *self.refusals) as refusal:
            messages.error(request, f"{refusal} {_('Nothing was written.')}")
            return redirect(self.own_url)
        if not self.is_written(report):
            return self._page(report=report, waiting=waiting)
        messages.success(
            request,
            _("New: %(new)s, changed: %(changed)s, as they were: %(unchanged)s.")
            % {"new": report.imported, "changed": report.updated, "unchanged": report.unchanged},
        )
        return redirect(self.done_url(waiting))

    def _page(self, **context):
        report = context.get("report")
        if report is not None:
            context |= self.told(report) | {"ready": self.is_ready(report)}
        return self.render_to_response(self.get_context_data(**context))
