"""What answers say of one question."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from certification.models import Question
from certification.rules.items import LEAST_FOR_DISCRIMINATION, LEAST_PEOPLE
from certification.selectors.items import figures_of
from certification.views.bank import BankView

EDIT = "wagtailsnippets_certification_question:edit"


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
            least=LEAST_PEOPLE,
            least_for_discrimination=LEAST_FOR_DISCRIMINATION,
            **kwargs,
        )

    @property
    def header_buttons(self):
        """Back to the question."""
        url = reverse(EDIT, args=[self.question.pk])
        return [HeaderButton(label=_("Edit the question"), url=url, icon_name="edit")]
