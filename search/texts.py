"""Plain text out of an article's stored body: paragraphs, headings, and what is internal. Pure.

It walks the stored JSON of the blocks and not their Python values, since an index of thousands of articles
is built from it. A block it does not know gives every string it holds, so that new blocks are found too.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kb.staff_blocks import STAFF_BLOCKS

BREAKS = re.compile(r"</(?:p|li|h[1-6]|td|th|tr|div|blockquote|pre)>|<(?:br|hr)\s*/?>", re.I)
HEADINGS = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.I | re.S)
TAGS = re.compile(r"<[^>]*>")
NOT_TEXT = {
    "tone",
    "language",
    "image",
    "document",
    "id",
    "type",
    "columns",
    "name",
    "leads_to",
    "outcome",
}


class Question(NamedTuple):
    """A question with its answer: paragraph ``first`` asks, those after it and before ``end`` answer."""

    first: int
    end: int


@dataclass(slots=True)
class Text:
    """What one audience reads of a body: paragraphs in order, the headings among them, and where each stands.

    A paragraph's anchor is that of its question, its block, or the heading right above it; empty where the page begins.
    """

    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(self.paragraphs)


def of_html(source: str) -> list[str]:
    """The paragraphs of rich text."""
    if "<" not in source:
        return _lines(html.unescape(source))
    return _lines(html.unescape(TAGS.sub("", BREAKS.sub("\n", source))))


def of_body(blocks: Iterable[Any]) -> tuple[Text, Text]:
    """The text for everybody who may read the article, and the text of its internal parts."""
    own, internal = Text(), Text()
    heading: tuple[bool, str] | None = None
    for place, (inside, block) in enumerate(_flat(blocks)):
        kind = block.get("type", "")
        into = internal if inside or kind in STAFF_BLOCKS else own
        anchor = _anchor_of(block) if place else ""
        if kind == "heading":
            heading = (inside, anchor)
        elif heading is not None:
            # An internal heading names nothing that stands outside.
            anchor = heading[1] if inside or not heading[0] else anchor
            heading = None
        if kind == "faq" and isinstance(block.get("value"), dict):
            _read_questions(block["value"], into, anchor)
        else:
            _read(kind, block.get("value"), into)
        _stand_at(anchor, into)
    return own, internal


def _stand_at(anchor: str, into: Text) -> None:
    """Everything read since stands at ``anchor``."""
    into.anchors += [anchor] * (len(into.paragraphs) - len(into.anchors))


def _anchor_of(block: Any) -> str:
    """The name a page gives to a block, as its template does."""
    name = block.get("id") or ""
    return name and f"{'say' if block.get('type') == 'say' else 'b'}-{name}"


def _flat(blocks: Iterable[Any]) -> Iterator[tuple[bool, Any]]:
    """Every block in the order of the page, and whether it stands inside an internal part."""
    for block in blocks:
        if block.get("type") == "internal":
            yield from ((True, inner) for inner in block.get("value") or ())
        else:
            yield False, block


def steps_of(blocks: Iterable[Any]) -> list[str]:
    """The first list of steps that is not internal, one line per step."""
    for block in blocks:
        if block.get("type") == "steps" and isinstance(block.get("value"), dict):
            items = block["value"].get("items") or ()
            lines = (" ".join(of_html(_item_value(item))) for item in items)
            return [line for line in lines if line]
    return []


def _read(kind: str, value: Any, into: Text) -> None:
    if kind == "heading" and isinstance(value, str):
        into.headings.append(value)
    for source in _strings(value):
        into.headings.extend(" ".join(of_html(found)) for found in HEADINGS.findall(source))
        into.paragraphs.extend(_lines(source) if kind == "code" else of_html(source))


def _read_questions(value: Any, into: Text, anchor: str) -> None:
    """Each question is a heading with a place of its own, and knows where its answer ends."""
    _read("text", value.get("title") or "", into)
    for item in value.get("questions") or ():
        _stand_at(anchor, into)
        asked = _item_value(item)
        question = " ".join(of_html(asked.get("question") or ""))
        if not question:
            continue
        first = len(into.paragraphs)
        into.headings.append(question)
        into.paragraphs.append(question)
        _read("text", asked.get("answer") or "", into)
        into.questions.append(Question(first, len(into.paragraphs)))
        name = item.get("id") if isinstance(item, dict) else ""
        _stand_at(f"q-{name}" if name else anchor, into)


def _strings(value: Any) -> Iterator[str]:
    """Every string of a block's value that people read, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in NOT_TEXT or (name == "columns" and isinstance(inner, list)):
                yield from _column_heads(inner) if name == "columns" else _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(_item_value(inner))


def _column_heads(columns: Any) -> Iterator[str]:
    for column in columns:
        if isinstance(column, dict) and isinstance(column.get("heading"), str):
            yield column["heading"]


def _item_value(item: Any) -> Any:
    """The value of a list item, which is stored with a type and an id around it."""
    return item["value"] if isinstance(item, dict) and "value" in item else item


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
