"""Questions that nobody has confirmed for the text in force: what editors look at again."""

from dataclasses import dataclass

from certification.models import Question, QuestionStanding
from kb.models import ArticlePage

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
        return article is not None and article.live and article.version is not None


@dataclass(frozen=True)
class OfArticle:
    """The questions out of the draw that rest on one article; on none, where it is None."""

    article: ArticlePage | None
    questions: tuple[ToConfirm, ...]


def to_confirm_count() -> int:
    """How many published questions are out of the draw. One query."""
    return Question.objects.out_of_draw().count()


def to_confirm() -> list[OfArticle]:
    """The questions out of the draw by article, at most a hundred. Two queries."""
    rows = (
        Question.objects.out_of_draw()
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
        OfArticle(questions[0].question.article, tuple(questions)) for questions in found.values()
    ]
