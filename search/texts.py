"""Plain text out of an article's stored body: paragraphs, headings, and what is internal. Pure.

It walks the stored JSON of the blocks and not their Python values, since an index of thousands of articles
is built from it. A block it does not know gives every string it holds, so that new blocks are found too.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(slots=True)
class Text:
    """What one audience reads of a body: paragraphs in order, and the headings among them."""

    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

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
    for block in blocks:
        kind, value = block.get("type", ""), block.get("value")
        into = internal if kind in STAFF_BLOCKS else own
        if kind == "internal":
            for inner in value or ():
                _read(inner.get("type", ""), inner.get("value"), into)
        else:
            _read(kind, value, into)
    return own, internal


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
