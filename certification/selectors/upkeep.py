"""Questions that nobody has confirmed for the text in force: what editors look at again."""

from dataclasses import dataclass

from certification.models import Question, QuestionStanding
from kb.models import ArticlePage
from people.viewer import Viewer

SHOWN = 100


@dataclass(frozen=True)
class ToConfirm:
    """A question out of the draw, and up to which version of its article it held; None if never."""

    question: Question
    held_until: int | None

    @property
    def may_confirm(self) -> bool:
        """Whether there is a text that it can be true for."""
        article = self.question.article
        known = article is not None and bool(self.question.rests_on)
        return known and article.live and article.version is not None


@dataclass(frozen=True)
class OfArticle:
    """The questions out of the draw that rest on one article; on none, where it is None."""

    article: ArticlePage | None
    title: str
    questions: tuple[ToConfirm, ...]


def to_confirm_count() -> int:
    """How many published questions wait for somebody to look at them. One query."""
    return Question.objects.to_look_at().count()


def to_confirm(viewer: Viewer) -> list[OfArticle]:
    """The questions out of the draw by article, at most a hundred. Two queries.

    An article whose audience ``viewer`` is not of has no title here, and nothing to be confirmed by them.
    """
    rows = (
        Question.objects.to_look_at()
        .with_article_title(viewer)
        .select_related("article", "competence")
        .defer("article__body")
        .order_by("article__title", "pk")[:SHOWN]
    )
    rows = list(rows)
    held = dict(
        QuestionStanding.objects.filter(question__in=[row.pk for row in rows]).values_list(
            "question_id", "number"
        )
    )
    found: dict[int | None, list[ToConfirm]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(ToConfirm(row, held.get(row.pk)))
    return [
        OfArticle(first.article, first.rests_on or "", tuple(questions))
        for questions in found.values()
        if (first := questions[0].question)
    ]
