"""What makes a text hard to use during a call, found in a draft as it is stored. Pure.

Hints and not rules: nothing is refused, the author decides. ``kb.selectors.hints`` says them in words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.paragraphs import lines_of_html

ANSWER_SENTENCES, ANSWER_LETTERS = 3, 400
"""What can be read out in one breath, and copied into a chat."""

PARAGRAPH_WORDS = 90
UNHEADED_WORDS = 250


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is easier to read as a line."""
    return frozenset(text.split())


VAGUE = words_of(
    "важно важная важное вопрос вопросы документ документация другое заметка заметки инструкция инструкции "
    "информация новость новости новый новая общее общая общие описание памятка полезное правила проблема проблемы "
    "прочее разное руководство сведения справка статья текст "
    "about article description document documentation faq general guide guidelines help important info "
    "information instruction instructions issue issues manual misc miscellaneous new news note notes other "
    "overview problem problems question questions rules text"
)
LITTLE = words_of("a an and for in of on the to в для и или к на о об от по при с")

# Only what is hardly ever meant for a customer: "CRM", "second line" or 192.168.1.1 may well be about theirs.
INTERNAL = re.compile(
    r"""
    \b(?:
        внутренн\w+\ (?:регламент|инструкци|систем|портал|вики|документ|чат)\w*
      | служебн\w+
      | только\ для\ сотрудников
      | для\ внутреннего\ пользования
      | не\ (?:говор(?:ите|и|ить)|сообща(?:йте|й|ть)|называ(?:йте|й|ть)|обеща(?:йте|й|ть))\ (?:клиент|абонент)\w+
      | эскалир\w+ | эскалаци\w+
      | тикет\w* | админк\w+ | KPI
      | (?:наш\w+|our)\ CRM
      | internal\ (?:use|wiki|system|policy|guideline|document|tool|chat)\w* | internally
      | (?:do\ not|don['’]t|never)\ (?:tell|promise)\ (?:the\ )?(?:customer|client|caller)s?
      | escalat\w+ | back\ office | tier\ [23]
    )\b
  | https?://(?:
        (?:10|172\.(?:1[6-9]|2\d|3[01]))\.\d[\d.]*
      | [\w-]+(?=[:/\s]|$)
      | [\w.-]+\.(?:local|internal|lan|corp|intranet)\b
    )[^\s<]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
BESIDE_A_LINK = 3
"""So few words beside an address only point at it."""

GAP = re.compile(r"\[[^\[\]]*[^\W\d][^\[\]]*\]")
"""A line like ``[What to find out]``, as ``kb.starters`` leaves them; ``[1]`` is none."""

SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")
PAGE_LINK = re.compile(r"<a\b(?=[^>]*\blinktype=[\"']page[\"'])[^>]*\bid=[\"'](\d+)[\"']", re.I)
HEADING_TAG = re.compile(r"<h[234]\b", re.I)


@dataclass(frozen=True)
class Draft:
    """A draft as it is stored, and what its author cannot see in it.

    ``gone``: titles of linked pages that readers do not get; ``described``: images that bring a text of their own.
    """

    title: str
    answer: str
    body: Sequence[Mapping[str, Any]] = ()
    gone: Mapping[int, str] = field(default_factory=dict)
    described: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hint:
    """Something to look at: in which block (none: above the body), what it quotes and how much it is."""

    kind: str
    block: str = ""
    words: str = ""
    number: int = 0


def hints_about(draft: Draft) -> list[Hint]:
    """Everything worth a look, in the order of the page."""
    found = [*_of_title(draft.title), *_of_answer(draft.answer)]
    for block in _blocks(draft.body):
        found += _of_block(block, draft)
    found += _of_length(draft.body)
    return found


def linked_pages(body: Sequence[Mapping[str, Any]]) -> set[int]:
    """The pages that a body links to."""
    found = (PAGE_LINK.findall(text) for block in _blocks(body) for text in _texts(block))
    return {int(key) for keys in found for key in keys}


def images_in(body: Sequence[Mapping[str, Any]]) -> set[int]:
    """The images that a body shows."""
    return {image for block in _blocks(body) if (image := _image_of(block))}


def _of_title(title: str) -> Iterator[Hint]:
    words = re.findall(r"\w+", title.casefold())
    telling = [word for word in words if word not in VAGUE and word not in LITTLE]
    if words and (not telling or len(words) == 1):
        yield Hint("vague_title", words=title)


def _of_answer(answer: str) -> Iterator[Hint]:
    text = answer.strip()
    if not text:
        yield Hint("no_answer")
        return
    sentences = len(SENTENCE_END.split(text.rstrip(".!?… ")))
    if sentences > ANSWER_SENTENCES or len(text) > ANSWER_LETTERS:
        yield Hint("long_answer", number=sentences)
    yield from _of_words_to_say(text, "")


def _of_words_to_say(text: str, block: str) -> Iterator[Hint]:
    """What is said to the customer: the answer itself, and nothing of the house."""
    for words in dict.fromkeys(match.group() for match in INTERNAL.finditer(text)):
        yield Hint("internal_words", block, words)
    without, links = ADDRESS.subn(" ", text)
    if links and len(re.findall(r"\w+", without)) <= BESIDE_A_LINK:
        yield Hint("only_a_link", block, text)


def _of_block(block: Mapping[str, Any], draft: Draft) -> Iterator[Hint]:
    kind, value, name = block.get("type"), block.get("value"), str(block.get("id") or "")
    if kind == "text":
        for line_kind, line in lines_of_html(value or ""):
            number = len(line.split())
            if line_kind == "text" and number > PARAGRAPH_WORDS:
                yield Hint("long_paragraph", name, line[:60], number)
    elif kind == "say":
        yield from _of_words_to_say(str(value or ""), name)
    elif kind == "script":
        for step in _items((value or {}).get("steps")):
            yield from _of_words_to_say(str(step.get("say") or ""), name)
    elif kind == "image":
        image = _image_of(block)
        if image and not (value.get("alt") or "").strip() and image not in draft.described:
            yield Hint("no_alt", name)
    lines = (line for text in _texts(block) for _kind, line in lines_of_html(text))
    if gap := next(filter(GAP.fullmatch, lines), None):
        yield Hint("gap", name, gap)
    pages = (int(key) for text in _texts(block) for key in PAGE_LINK.findall(text))
    for page in dict.fromkeys(pages):
        if page in draft.gone:
            yield Hint("gone_link", name, draft.gone[page])


def _of_length(body: Sequence[Mapping[str, Any]]) -> Iterator[Hint]:
    """A long text without anything to find one's place by."""
    words = 0
    for block in _blocks(body):
        texts = list(_texts(block))
        if block.get("type") in ("heading", "faq", "script") or any(map(HEADING_TAG.search, texts)):
            return
        if block.get("type") == "steps" and (block.get("value") or {}).get("title"):
            return
        words += sum(len(line.split()) for text in texts for _kind, line in lines_of_html(text))
    if words > UNHEADED_WORDS:
        yield Hint("no_heading", number=words)


def _image_of(block: Mapping[str, Any]) -> int | None:
    value = block.get("value")
    return value.get("image") if block.get("type") == "image" and isinstance(value, dict) else None


def _blocks(body: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every block in the order of the page, also inside internal parts."""
    for block in body:
        if block.get("type") == "internal":
            yield from _blocks(block.get("value") or ())
        else:
            yield block


def _items(stored: Any) -> Iterator[Mapping[str, Any]]:
    """The values of a stored list."""
    for item in stored or ():
        yield item.get("value", item)


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    """Every string inside a block, except names of blocks and lists."""
    yield from _strings(block.get("value"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        inside = value["value"] if {"type", "value"} <= value.keys() else value
        rest = inside.items() if isinstance(inside, Mapping) else [("", inside)]
        for name, inner in rest:
            if name not in ("id", "type", "tone", "language", "outcome", "leads_to"):
                yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
