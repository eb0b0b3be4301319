"""The text of a version as paragraphs, from its snapshot: what two versions are compared by. Pure."""

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from kb.differences import Paragraph

BREAKS = {"p", "li", "h2", "h3", "h4", "br", "tr", "div", "blockquote", "pre"}
KINDS = {"li": "item", "h2": "heading", "h3": "heading", "h4": "heading"}


class _Lines(HTMLParser):
    """Rich text as lines with their kinds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._kind = "text"

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag in BREAKS:
            self.end_line()
            self._kind = KINDS.get(tag, "text")

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def end_line(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            self.lines.append((self._kind, text))
        self._words, self._kind = [], "text"


def lines_of_html(source: str) -> list[tuple[str, str]]:
    """Kind and text of each line of a rich text."""
    parser = _Lines()
    parser.feed(source or "")
    parser.close()
    parser.end_line()
    return parser.lines


def paragraphs_of(snapshot: Mapping[str, Any]) -> list[Paragraph]:
    """The whole text of a version: title, answer, body, in the order it is read."""
    found = [Paragraph(snapshot.get("title", ""), "title")]
    if snapshot.get("answer"):
        found.append(Paragraph(snapshot["answer"].strip(), "answer"))
    body = snapshot.get("body") or "[]"
    blocks = json.loads(body) if isinstance(body, str) else body
    for block in blocks:
        found += _of_block(block, internal=False)
    return found


def _of_block(block: Mapping[str, Any], *, internal: bool) -> Iterator[Paragraph]:
    kind, value = block.get("type"), block.get("value")
    if kind == "internal":
        for inner in value or []:
            yield from _of_block(inner, internal=True)
        return
    for line_kind, text in _lines(kind, value):
        if text.strip():
            yield Paragraph(text.strip(), line_kind, internal)


def _lines(kind: Any, value: Any) -> Iterator[tuple[str, str]]:
    if kind in ("heading", "say"):
        yield kind, str(value or "")
    elif kind == "text":
        yield from lines_of_html(value)
    elif kind == "steps":
        yield "heading", value.get("title") or ""
        for item in value.get("items") or []:
            html = item.get("value", "") if isinstance(item, Mapping) else item
            yield "step", " ".join(text for _kind, text in lines_of_html(html))
    elif kind == "faq":
        yield from _questions(value)
    elif kind == "callout":
        yield from lines_of_html(value.get("text"))
    elif kind == "table":
        yield from _rows(value)
    elif kind == "code":
        yield "code", value.get("code") or ""
    elif kind == "script":
        yield from _walk(value)
    elif kind in ("image", "file"):
        yield "text", value.get("caption") or value.get("title") or ""


def _questions(faq: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "heading", faq.get("title") or ""
    for item in faq.get("questions") or []:
        asked = item.get("value", item)
        yield "heading", asked.get("question") or ""
        yield from lines_of_html(asked.get("answer"))


def _rows(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "row", " · ".join(column.get("heading") or "" for column in table.get("columns") or [])
    for row in table.get("rows") or []:
        cells = [
            " ".join(text for _kind, text in lines_of_html(str(cell or "")))
            for cell in row.get("values") or []
        ]
        yield "row", " · ".join(cells)


def _walk(script: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A guided script: each step with what is asked, said and answered."""
    yield "heading", script.get("title") or ""
    for item in script.get("steps") or []:
        step = item.get("value", item)
        yield "step", step.get("name") or ""
        yield from lines_of_html(step.get("text"))
        yield "say", step.get("say") or ""
        for choice in step.get("choices") or []:
            answer = choice.get("value", choice)
            yield "item", f"{answer.get('label') or ''} → {answer.get('leads_to') or ''}"
