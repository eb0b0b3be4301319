"""Beside the bank of questions: what is to be confirmed, and files in and out."""

from typing import Any

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
from common.file_import import FileImportView
from people.refusals import Refusal

SHOWN_PROBLEMS = 200
CONFIRM = "wagtailsnippets_certification_question:confirm"


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


class ImportView(BankView, FileImportView):
    """Questions from another system or from a table: what can come, comes as drafts."""

    template_name = "certification/back_office/import.html"
    page_title = gettext_lazy("Import questions")
    header_icon = "upload"
    needs = "certification.add_question"
    form_class = UploadForm
    session_key = "question_import"
    own_url = "wagtailsnippets_certification_question:import"
    most_bytes = MOST_BYTES
    unreadable = FileRefused
    refusals = (Refusal,)

    def run(self, waiting: dict[str, Any], *, dry_run: bool) -> ImportReport:
        """In the format named or recognised."""
        reading = read_questions(
            waiting["content"], name=waiting["name"], format_name=waiting["format_name"]
        )
        return import_questions(
            reading=reading, by=self.request.user, now=timezone.now(), dry_run=dry_run
        )

    def is_ready(self, report: ImportReport) -> bool:
        """Something of the file can come, whatever else is refused."""
        return bool(report.imported or report.updated)

    def told(self, report: ImportReport) -> dict[str, Any]:
        """The first of what is refused and of what loses something."""
        return {
            "refused": report.refused[:SHOWN_PROBLEMS],
            "degraded": report.degraded[:SHOWN_PROBLEMS],
        }

    def done_url(self, waiting: dict[str, Any]) -> str:
        """The bank."""
        return "wagtailsnippets_certification_question:list"
