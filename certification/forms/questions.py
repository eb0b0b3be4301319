"""The form of a question: its kind decides how its answers are filled in; the paragraph it rests on by its words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from certification.forms.answers import AnswersField
from certification.kinds import KINDS
from certification.wording import kind_choices
from kb.choosers import ArticleField
from kb.models import ArticlePage
from kb.paragraphs import lines_of_html
from people.viewer import Viewer

WORDS = 70


class QuestionForm(WagtailAdminModelForm):
    """A question as its author writes it. Its kind is chosen before and stays: another kind is another question."""

    kind = forms.ChoiceField(choices=kind_choices, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        sent = self.data.get(self.add_prefix("kind"))
        if question.pk is None and sent in KINDS:
            question.kind = sent
        self.initial["kind"] = question.kind
        self.fields["body"] = AnswersField(question.kind, body=question.body)
        reads = question.article is None or may_name(self.for_user, question.article)
        self.fields["article"].widget = ArticleField(names_all=reads)
        self.fields["paragraph"] = forms.ChoiceField(
            label=_("Paragraph"),
            required=False,
            choices=[
                ("", _("the whole article")),
                *paragraphs_to_choose(question.article if reads else None),
            ],
            help_text=_("Choose the article and save; then its paragraphs stand here."),
        )

    def clean(self) -> dict:
        """A paragraph is one of the article that stood there."""
        data = super().clean()
        if data.get("article") != self.instance.article:
            # A paragraph of the article before says nothing of this one.
            data["paragraph"] = ""
        return data

    def clean_kind(self) -> str:
        """The kind that the question has, whatever came."""
        return self.instance.kind


def may_name(user, article: ArticlePage) -> bool:
    """Whether ``user`` belongs to the audience of ``article``."""
    viewer = Viewer.of(user)
    return ArticlePage.objects.admitting(viewer).filter(pk=article.pk).exists()


def paragraphs_to_choose(article: ArticlePage | None) -> list[tuple[str, str]]:
    """The blocks of the article's text with their first words, in their order."""
    if article is None:
        return []
    found = []
    for block in article.body.raw_data:
        words = " ".join(text for _kind, text in lines_of_html(_source_of(block["value"])))
        if words and block.get("id"):
            found.append((block["id"], words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"))
    return found


def _source_of(value) -> str:
    """The words of a block's raw value, however deep they lie."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(_source_of(inner) for inner in value.values())
    if isinstance(value, list):
        return " ".join(_source_of(inner) for inner in value)
    return ""
