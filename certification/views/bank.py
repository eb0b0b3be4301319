"""Beside the bank of questions: what is to be confirmed, and files in and out."""

import secrets
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from certification.exchange.formats import FORMATS, MOST_BYTES
from certification.forms.imports import FORMAT_NAMES, UploadForm
from certification.models import Question
from certification.refusals import FileRefused
from certification.selectors.upkeep import to_confirm
from certification.services.confirming import confirm
from certification.services.exporting import export_questions
from certification.services.importing import ImportReport, import_questions, read_questions
from people.refusals import Refusal

KEPT_SECONDS = 15 * 60
SHOWN_PROBLEMS = 200
SESSION_KEY = "question_import"
INDEX = "wagtailsnippets_certification_question:list"
CONFIRM = "wagtailsnippets_certification_question:confirm"
IMPORT = "wagtailsnippets_certification_question:import"


class BankView(WagtailAdminTemplateMixin, TemplateView):
    """What they share: only who may do ``needs`` to questions comes in."""

    needs = "certification.view_question"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.needs):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class ConfirmView(BankView):
    """GET: questions whose article changed. POST: one of them is true for the text in force."""

    template_name = "certification/back_office/confirm.html"
    page_title = gettext_lazy("Questions to be confirmed")
    header_icon = "check"
    needs = "certification.publish_question"

    def get_context_data(self, **kwargs):
        return super().get_context_data(articles=to_confirm(self.request.viewer), **kwargs)

    def post(self, request):
        wanted = request.POST.get("question", "")
        if not (wanted.isdecimal() and len(wanted) < 10):
            return redirect(CONFIRM)
        rows = Question.objects.with_article_title(request.viewer).select_related("article")
        question = get_object_or_404(rows.exclude(rests_on=None), pk=wanted)
        try:
            confirm(question=question, by=request.user, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Confirmed: it is in the draw again."))
        return redirect(CONFIRM)


class ExportView(BankView):
    """A file of all published questions, in the format asked for."""

    template_name = "certification/back_office/export.html"
    page_title = gettext_lazy("Export questions")
    header_icon = "download"

    def get_context_data(self, **kwargs):
        return super().get_context_data(formats=FORMAT_NAMES, **kwargs)

    def get(self, request, *args, **kwargs):
        name = request.GET.get("format", "")
        if name not in FORMATS:
            return super().get(request, *args, **kwargs)
        content = export_questions(questions=Question.objects.filter(live=True), format_name=name)
        response = HttpResponse(content, content_type="application/octet-stream")
        day = timezone.localdate()
        response["Content-Disposition"] = (
            f'attachment; filename="questions-{day:%Y-%m-%d}.{FORMATS[name].ending}"'
        )
        return response


class ImportView(BankView):
    """GET: the form. POST of a file: the report of a dry run. POST of "confirm": the import itself.

    Between the two the file waits in the cache for a quarter of an hour, under a key that only this session knows.
    """

    template_name = "certification/back_office/import.html"
    page_title = gettext_lazy("Import questions")
    header_icon = "upload"
    needs = "certification.add_question"

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
        waiting = {"name": upload.name, "format_name": form.cleaned_data["format_name"]}
        try:
            # One byte more than is allowed is enough to be refused.
            waiting["content"] = upload.read(MOST_BYTES + 1)
            report = self._run(request, waiting, dry_run=True)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            return self._page(form=form)
        finally:
            upload.close()
        if report.imported or report.updated:
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
            return redirect(IMPORT)
        cache.delete(f"{SESSION_KEY}:{token}")
        try:
            report = self._run(request, waiting, dry_run=False)
        except Refusal as refusal:
            messages.error(request, f"{refusal} {_('Nothing was written.')}")
            return redirect(IMPORT)
        messages.success(
            request,
            _("New: %(new)s, changed: %(changed)s, as they were: %(unchanged)s.")
            % {"new": report.imported, "changed": report.updated, "unchanged": report.unchanged},
        )
        return redirect(INDEX)

    @staticmethod
    def _run(request, waiting: dict[str, Any], *, dry_run: bool) -> ImportReport:
        reading = read_questions(
            waiting["content"], name=waiting["name"], format_name=waiting["format_name"]
        )
        return import_questions(
            reading=reading, by=request.user, now=timezone.now(), dry_run=dry_run
        )

    def _page(self, **context):
        report = context.get("report")
        if report is not None:
            context["refused"] = report.refused[:SHOWN_PROBLEMS]
            context["degraded"] = report.degraded[:SHOWN_PROBLEMS]
            context["ready"] = bool(report.imported or report.updated)
        return self.render_to_response(self.get_context_data(**context))
