"""What a list of results shows of each article: marked title and line, place, answer to copy, preview."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.models import ArticlePage, SectionPage
from people.viewer import Viewer
from search import documents, passages, snippets, texts
from search.audience import Sight
from search.engines.base import Part
from search.passages import Passage
from search.ranking import Candidate
from search.snippets import Stretch, Wanted
from search.understanding import Understood

PREVIEW = 600
STEPS = 6
NOTHING = Passage(0, "", 0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What is read of an article without opening it."""

    question: tuple[Stretch, ...] = ()
    steps: tuple[tuple[Stretch, ...], ...] = ()
    paragraphs: tuple[tuple[Stretch, ...], ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One article as the list shows it. ``answer`` is what is copied, without marks.

    ``anchor`` is where its page is entered to read what was found; empty: from the top.
    """

    article: ArticlePage
    place: tuple[str, ...]
    title: tuple[Stretch, ...]
    line: tuple[Stretch, ...]
    line_is_internal: bool
    answer: str
    preview: Preview
    anchor: str = ""


def results_of(
    viewer: Viewer,
    at: datetime.datetime,
    understood: Understood,
    candidates: Sequence[Candidate],
    sight: Sight,
    sections: dict[str, SectionPage],
) -> Iterable[Result]:
    """The results with everything the list shows of them; their texts are read in one query."""
    ids = [candidate.article for candidate in candidates]
    articles = {
        article.pk: article
        for article in ArticlePage.objects.visible_to(viewer, at)
        .filter(pk__in=ids)
        .select_related("content_owner")
        if ids
    }
    wanted = Wanted.of(understood)
    for candidate in candidates:
        article = articles.get(candidate.article)
        if article is not None:
            yield _result(article, candidate, wanted, sight, sections)


def _result(
    article: ArticlePage,
    candidate: Candidate,
    wanted: Wanted,
    sight: Sight,
    sections: dict[str, SectionPage],
) -> Result:
    parts = documents.parts_of(article, documents.audience_of_row(article))
    cut = passages.of_parts((part.text for part in parts), (part.questions for part in parts))
    found = cut[0] if cut else NOTHING
    if candidate.passage is not None and candidate.passage < len(cut):
        found = cut[candidate.passage]
    if parts and not sight.admits(parts[found.part].audience):
        found = cut[0] if cut else NOTHING
    if asked := _question(article.answer, parts, found, wanted):
        return _answered(article, asked, found, wanted, sections, parts[found.part])
    passage = found.text
    answer_line = snippets.snippet(article.answer, wanted) if article.answer else []
    passage_line = snippets.snippet(passage, wanted)
    use_answer = article.answer and (
        snippets.has_marks(answer_line) or not snippets.has_marks(passage_line)
    )
    internal = found.part > 0
    return Result(
        article=article,
        place=_place(article.path, sections),
        title=tuple(snippets.marked(article.title, wanted)),
        line=tuple(answer_line if use_answer else passage_line),
        line_is_internal=internal and not use_answer,
        answer=article.answer or _lead(article),
        preview=_preview(article, passage, internal, wanted),
        anchor="" if use_answer else _anchor(parts[found.part].anchors, found, wanted),
    )


def _question(
    answer: str, parts: Sequence[Part], found: Passage, wanted: Wanted
) -> tuple[str, str] | None:
    """The question that was found and its answer, if they hold more of what is looked for than the article's own."""
    for first, end in parts[found.part].questions if parts else ():
        if first <= found.first < end:
            question, *lines = parts[found.part].text.split("\n")[first:end]
            held = len(snippets.words_found(f"{question}\n" + "\n".join(lines), wanted))
            if lines and held > len(snippets.words_found(answer, wanted)):
                return question, "\n".join(lines)
    return None


def _answered(
    article: ArticlePage,
    asked: tuple[str, str],
    found: Passage,
    wanted: Wanted,
    sections: dict[str, SectionPage],
    part: Part,
) -> Result:
    """The article by one of its questions: its answer is the line, is read beside the list and is copied."""
    question, answer = asked
    internal = found.part > 0
    paragraphs = tuple(tuple(snippets.marked(line, wanted)) for line in answer.split("\n"))
    return Result(
        article=article,
        place=_place(article.path, sections),
        title=tuple(snippets.marked(article.title, wanted)),
        line=tuple(snippets.snippet(f"{question} {answer}", wanted)),
        line_is_internal=internal,
        # What is internal is read, but it is not what one key copies for a customer.
        answer=(article.answer or _lead(article)) if internal else answer,
        preview=Preview(
            question=tuple(snippets.marked(question, wanted)),
            paragraphs=paragraphs,
            internal=internal,
        ),
        anchor=part.anchors[found.first],
    )


def _lead(article: ArticlePage) -> str:
    """How the text begins, where nobody wrote an answer."""
    return snippets.lead(str(texts.of_body(article.body.raw_data)[0]))


def _anchor(anchors: Sequence[str], found: Passage, wanted: Wanted) -> str:
    """Where the paragraph stands that holds most of what is looked for, the first of equals."""
    paragraphs = found.text.split("\n")
    held = [len(snippets.words_found(paragraph, wanted)) for paragraph in paragraphs]
    place = found.first + held.index(max(held))
    return anchors[place] if any(held) and place < len(anchors) else ""


def _place(path: str, sections: dict[str, SectionPage]) -> tuple[str, ...]:
    ends = range(documents.STEP * documents.TOP_DEPTH, len(path), documents.STEP)
    return tuple(sections[path[:end]].title for end in ends if path[:end] in sections)


def _preview(article: ArticlePage, passage: str, internal: bool, wanted: Wanted) -> Preview:
    """The steps if the article has any and nothing internal was found; else the passage that was found."""
    steps = texts.steps_of(article.body.raw_data)
    if steps and not internal:
        return Preview(steps=tuple(tuple(snippets.marked(step, wanted)) for step in steps[:STEPS]))
    paragraphs, length = [], 0
    for paragraph in passage.split("\n"):
        if length < PREVIEW and paragraph != article.answer:
            paragraphs.append(tuple(snippets.marked(paragraph[:PREVIEW], wanted)))
            length += len(paragraph)
    return Preview(paragraphs=tuple(paragraphs), internal=internal)
