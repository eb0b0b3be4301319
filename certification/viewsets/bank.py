"""Questions and tests in the back office."""

import django_filters
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.compare import FieldComparison, diff_text
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from certification.forms.questions import QuestionForm
from certification.forms.quizzes import QuizForm
from certification.kinds import KINDS, kind_of
from certification.models import Question, Quiz
from certification.views.bank import ConfirmView, ExportView, ImportView
from certification.views.items import StatisticsView, SuspendView, SuspensionView
from certification.wording import ASKED, KIND_NAMES
from kb.models import ArticlePage


class QuestionFilter(WagtailFilterSet):
    """Which questions: by what they are, test and rest on, and whether somebody must look at them."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("drawable", _("in the draw")),
            ("waits", _("to be confirmed")),
            ("suspended", pgettext_lazy("question", "suspended")),
            ("draft", _("draft")),
            ("changed", _("with a newer draft")),
        ],
        method="of_state",
    )
    article = django_filters.ModelChoiceFilter(
        label=_("Rests on"), queryset=lambda request: articles_with_questions(request.viewer)
    )

    class Meta:
        model = Question
        fields = ["kind", "competence", "level"]

    def of_state(self, rows, _name, value):
        """Those in the draw, those that wait for confirmation, suspended ones, or drafts."""
        if value == "draft":
            return rows.filter(live=False)
        if value == "changed":
            return rows.filter(live=True, has_unpublished_changes=True)
        if value == "suspended":
            return rows.suspended()
        chosen = Question.objects.drawable() if value == "drawable" else rows.out_of_draw()
        return rows.filter(pk__in=chosen.values("pk"))


def articles_with_questions(viewer):
    """The articles that questions rest on, as far as ``viewer`` is of their audience."""
    resting = Question.objects.filter(article__isnull=False).values("article")
    return ArticlePage.objects.admitting(viewer).filter(pk__in=resting).order_by("title")


class AnswersComparison(FieldComparison):
    """The answers of two versions, as their authors wrote them."""

    def __init__(self, field, one: Question, other: Question) -> None:
        super().__init__(field, one, other)
        self.val_a, self.val_b = (kind_of(row.kind).write(row.body) for row in (one, other))

    def htmldiff(self):
        """What was taken out and put in."""
        return diff_text(self.val_a, self.val_b).to_html()


class AnswersPanel(FieldPanel):
    """The answers, in the form and between two versions."""

    def get_comparison_class(self):
        """Not as they are stored."""
        return AnswersComparison


class QuestionAddView(CreateView):
    """A new question: first its kind, then the form of that kind."""

    @property
    def kind(self) -> str:
        """The kind asked for, or nothing."""
        return self.request.POST.get("kind") or self.request.GET.get("kind", "")

    def get(self, request, *args, **kwargs):
        """The kinds to choose from, until one is chosen."""
        if self.kind in KINDS:
            return super().get(request, *args, **kwargs)
        kinds = [(name, KIND_NAMES[name], ASKED[name]) for name in KINDS]
        context = {"kinds": kinds, "page_title": _("New question"), "header_icon": "help"}
        return render(request, "certification/back_office/kinds.html", context)

    def get_initial_form_instance(self):
        """A question of that kind."""
        return Question(kind=self.kind if self.kind in KINDS else "single")

    def get_page_subtitle(self):
        """The kind, by name."""
        return KIND_NAMES.get(self.kind, "")


class QuestionEditView(EditView):
    """A question that stands; beside it how it does."""

    @property
    def header_buttons(self):
        """With the way to its figures."""
        url = reverse("wagtailsnippets_certification_question:statistics", args=[self.object.pk])
        return [
            *super().header_buttons,
            HeaderButton(label=_("How it does"), url=url, icon_name="view"),
        ]


class QuestionIndexView(IndexView):
    """Questions; beside them what waits for a look, and files."""

    def get_base_queryset(self):
        """Each with ``in_draw`` and with ``rests_on``, a title its reader may know; asked in the same query."""
        rows = super().get_base_queryset().select_related("competence")
        return rows.with_in_draw().with_article_title(self.request.viewer)

    @property
    def header_buttons(self):
        """With the ways to the queue and to files."""
        found = [
            HeaderButton(
                label=_("To be confirmed"), url=reverse(self._url("confirm")), icon_name="check"
            )
        ]
        if self.permission_policy.user_has_permission(self.request.user, "add"):
            found.append(
                HeaderButton(
                    label=_("Import"), url=reverse(self._url("import")), icon_name="upload"
                )
            )
        found.append(
            HeaderButton(label=_("Export"), url=reverse(self._url("export")), icon_name="download")
        )
        return [*found, *super().header_buttons]

    @staticmethod
    def _url(name: str) -> str:
        return f"wagtailsnippets_certification_question:{name}"


class QuestionViewSet(SnippetViewSet):
    """Questions, with drafts."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    base_url_path = "questions"
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    index_view_class = QuestionIndexView
    add_view_class = QuestionAddView
    edit_view_class = QuestionEditView
    filterset_class = QuestionFilter
    search_fields = ["text"]
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("competence", label=_("Competence"), accessor="competence.name"),
        Column("rests_on", label=_("Rests on"), accessor="rests_on"),
        BooleanColumn("in_draw", label=_("In the draw")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("text"),
            AnswersPanel("body"),
            FieldPanel("explanation"),
            FieldPanel("competence"),
            FieldPanel("level"),
            FieldPanel("article"),
            FieldPanel("paragraph"),
        ],
        base_form_class=QuestionForm,
    )

    def get_urlpatterns(self):
        """With the queue and the files."""
        return [
            *super().get_urlpatterns(),
            path("statistics/<int:question_id>/", StatisticsView.as_view(), name="statistics"),
            path("suspend/<int:question_id>/", SuspendView.as_view(), name="suspend"),
            path("suspensions/<int:suspension_id>/", SuspensionView.as_view(), name="suspension"),
            path("confirm/", ConfirmView.as_view(), name="confirm"),
            path("import/", ImportView.as_view(), name="import"),
            path("export/", ExportView.as_view(), name="export"),
        ]


class SayingMixin:
    """What is allowed and should be known is said after saving."""

    def save_instance(self):
        quiz = super().save_instance()
        for words in self.form.said:
            messages.warning(self.request, words)
        return quiz


class QuizAddView(SayingMixin, CreateView):
    """A new test."""


class QuizEditView(SayingMixin, EditView):
    """A changed test: whoever is in the middle keeps their paper."""


class QuizViewSet(SnippetViewSet):
    """Tests."""

    model = Quiz
    icon = "form"
    menu_label = _("Tests")
    base_url_path = "tests"
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    add_view_class = QuizAddView
    edit_view_class = QuizEditView
    search_fields = ["name"]
    list_filter = ["is_active", "positions"]
    list_display = ["name", "minutes", BooleanColumn("is_active", label=_("Can be taken"))]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("minutes"),
            InlinePanel(
                "lines",
                label=_("Competence"),
                panels=[FieldPanel("competence"), FieldPanel("level"), FieldPanel("count")],
            ),
            FieldPanel("positions"),
            FieldPanel("review"),
            FieldPanel("appeal_days"),
            FieldPanel("is_active"),
        ],
        base_form_class=QuizForm,
    )

    def get_queryset(self, request):
        """Those that somebody keeps: the papers of a campaign are made and ended by it."""
        return Quiz.objects.kept()


class CertificationGroup(SnippetViewSetGroup):
    """The menu "Certification"."""

    menu_label = _("Certification")
    menu_name = "certification"
    menu_icon = "help"
    menu_order = 165
    items = (QuestionViewSet, QuizViewSet)
