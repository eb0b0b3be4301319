"""Questions as items that travel, and a file of them."""

from collections.abc import Iterable, Iterator

from certification.exchange.formats import FORMATS
from certification.exchange.identity import LONGEST_LABEL
from certification.exchange.items import Item
from certification.exchange.texts import one_line, tidy
from certification.models import Question
from certification.querysets import QuestionQuerySet

LONGEST_NAME = 60


def export_questions(*, questions: QuestionQuerySet, format_name: str) -> bytes:
    """A file of ``questions``, such that importing it gives the same questions."""
    rows = questions.select_related("competence__area", "article").defer("article__body")
    return FORMATS[format_name].write(list(_items(rows.order_by("pk"))))


def _items(questions: Iterable[Question]) -> Iterator[Item]:
    for question in questions:
        yield item_of(question)


def item_of(question: Question) -> Item:
    """``question`` as it travels, its texts as every format keeps them."""
    facts = {"level": str(question.level)}
    category: tuple[str, ...] = ()
    if question.competence is not None:
        facts["competence"] = question.competence.name
        names = (question.competence.area.name, question.competence.name)
        category = tuple(one_line(name)[:LONGEST_LABEL] for name in names)
    if question.article is not None:
        facts["article"] = str(question.article.uuid)
        if question.paragraph:
            facts["paragraph"] = question.paragraph
    text = tidy(question.text)
    return Item(
        kind=question.kind,
        body=normal(question.body),
        text=text,
        key=question.source_id or str(question.uuid),
        name=one_line(text)[:LONGEST_NAME].strip(),
        explanation=tidy(question.explanation),
        category=category,
        facts=facts,
    )


def normal(value):
    """A body whose texts are as every format keeps them."""
    if isinstance(value, dict):
        return {key: normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [normal(inner) for inner in value]
    return tidy(value) if isinstance(value, str) else value
