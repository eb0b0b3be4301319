"""What answers say of one question, and taking it out of use."""

import uuid

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from certification.forms.suspensions import LiftForm, SuspendForm
from certification.models import AskedVersion, Question, QuestionSuspension
from certification.rules.items import LEAST_FOR_DISCRIMINATION, LEAST_PEOPLE
from certification.rules.rescoring import gentler
from certification.selectors.items import figures_of
from certification.selectors.suspensions import log_of
from certification.services.foreseeing import effect_of_lifting, effects_of_suspending
from certification.services.suspending import lift, suspend
from certification.views.bank import BankView
from people.refusals import Refusal

NAMESPACE = "wagtailsnippets_certification_question"
EDIT = f"{NAMESPACE}:edit"
STATISTICS = f"{NAMESPACE}:statistics"
SUSPENSION = f"{NAMESPACE}:suspension"


class StatisticsView(BankView):
    """How a question does: each version that was asked, with its choices and its cohorts."""

    template_name = "certification/back_office/statistics.html"
    page_title = gettext_lazy("How the question does")
    header_icon = "view"

    def dispatch(self, request, *args, **kwargs):
        self.question = get_object_or_404(Question, pk=kwargs["question_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            question=self.question,
            versions=figures_of(self.question),
            may_suspend=self.request.user.has_perm("certification.publish_question"),
            least=LEAST_PEOPLE,
            least_for_discrimination=LEAST_FOR_DISCRIMINATION,
            **kwargs,
        )

    @property
    def header_buttons(self):
        """Back to the question."""
        url = reverse(EDIT, args=[self.question.pk])
        return [HeaderButton(label=_("Edit the question"), url=url, icon_name="edit")]


class SuspendView(BankView):
    """GET: what suspending a version would change. POST: it is suspended, and the attempts that had it follow."""

    template_name = "certification/back_office/suspend.html"
    page_title = gettext_lazy("Suspend a question")
    header_icon = "no-view"
    needs = "certification.publish_question"

    def dispatch(self, request, *args, **kwargs):
        self.question = get_object_or_404(Question, pk=kwargs["question_id"])
        asked = AskedVersion.objects.filter(question_uuid=self.question.uuid)
        wanted = request.POST.get("version") or request.GET.get("version", "")
        if wanted and wanted != self.question.content_sha256:
            self.version = get_object_or_404(asked, sha256=wanted[:64])
        else:
            self.version = asked.filter(sha256=self.question.content_sha256).first()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        effects = effects_of_suspending(self.version)
        context = super().get_context_data(
            question=self.question,
            version=self.version,
            effects=[(remedy.value, found) for remedy, found in effects.items()],
            **kwargs,
        )
        initial = {"key": uuid.uuid4(), "remedy": gentler(effects).value}
        context.setdefault("form", SuspendForm(initial=initial))
        return context

    def post(self, request, question_id):
        form = SuspendForm(request.POST)
        if form.is_valid():
            try:
                suspension = suspend(
                    question=self.question,
                    version=self.version,
                    by=request.user,
                    now=timezone.now(),
                    **form.cleaned_data,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Suspended: it is in no test from now on."))
                return redirect(SUSPENSION, suspension.pk)
        return self.render_to_response(self.get_context_data(form=form))


class SuspensionView(BankView):
    """What a suspension made of the attempts. POST: it is lifted, for a reason."""

    template_name = "certification/back_office/suspension.html"
    page_title = gettext_lazy("A suspended question")
    header_icon = "no-view"
    needs = "certification.publish_question"

    def dispatch(self, request, *args, **kwargs):
        rows = QuestionSuspension.objects.select_related("version__question", "by", "lifted_by")
        self.suspension = get_object_or_404(rows, pk=kwargs["suspension_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        suspension = self.suspension
        context = super().get_context_data(
            suspension=suspension,
            log=log_of(suspension, self.request.viewer, timezone.now()),
            effect=effect_of_lifting(suspension) if suspension.stands else None,
            **kwargs,
        )
        context.setdefault("form", LiftForm())
        return context

    def post(self, request, suspension_id):
        form = LiftForm(request.POST)
        if form.is_valid():
            try:
                lift(
                    suspension=self.suspension,
                    by=request.user,
                    now=timezone.now(),
                    **form.cleaned_data,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Lifted: the attempts are judged as before."))
                return redirect(SUSPENSION, self.suspension.pk)
        return self.render_to_response(self.get_context_data(form=form))
