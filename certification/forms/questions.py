"""The form of a question: its answers in the notation of its kind, the paragraph it rests on by its words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from certification.kinds import Malformed, kind_of
from certification.wording import NOTATIONS, malformed_words
from kb.choosers import ArticleField
from kb.models import ArticlePage
from kb.paragraphs import lines_of_html
from people.viewer import Viewer

WORDS = 70


class QuestionForm(WagtailAdminModelForm):
    """A question as its author writes it."""

    answers = forms.CharField(
        label=_("Answers"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        if question.body and not self.is_bound:
            self.initial["answers"] = kind_of(question.kind).write(question.body)
        self.fields["answers"].help_text = NOTATIONS[self.initial.get("kind") or question.kind]
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
        """The answers become a body; what cannot be is said with its line."""
        data = super().clean()
        kind, notation = data.get("kind"), data.get("answers")
        if kind and notation:
            try:
                self.instance.body = kind_of(kind).parse(notation)
            except Malformed as reason:
                self.add_error("answers", malformed_words(reason))
        if data.get("article") != self.instance.article:
            # A paragraph of the article before says nothing of this one.
            data["paragraph"] = ""
        return data


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
