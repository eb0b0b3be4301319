"""What stands inside a paragraph, a list or a cell: rich text in the few tags that are stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import NavigableString, PageElement, Tag
from django.utils.translation import gettext as _

from kb.importing.context import Context, PictureRefused
from kb.importing.plain_text import with_links
from kb.sanitising import escape

SAME = {"b": "b", "strong": "b", "i": "i", "em": "i", "var": "i"}
CODE = {"code", "kbd", "samp", "tt"}
BLOCKS = {
    *(
        "p",
        "div",
        "section",
        "article",
        "blockquote",
        "aside",
        "dl",
        "dd",
        "dt",
        "figure",
        "figcaption",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main", "details", "summary"),
}
SPACE = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture met inside text."""

    pk: int
    alt: str
    caption: str


def plain(node: PageElement) -> str:
    """The text of ``node`` on one line."""
    return " ".join(node.get_text(" " if isinstance(node, Tag) and node.find("br") else "").split())


def squeezed(source: str) -> str:
    """Inline rich text without breaks and space at its ends."""
    source = SPACE.sub(" ", source).strip()
    while source.endswith("<br/>"):
        source = source[:-5].rstrip()
    return source.removeprefix("<br/>").lstrip()


class Inline:
    """Turns nodes into rich text. Pictures and tables it meets wait to be taken by whoever writes blocks."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._pictures: list[Picture] = []
        self._tables: list[Tag] = []

    def take_pictures(self) -> list[Picture]:
        """The pictures met since the last time."""
        pictures, self._pictures = self._pictures, []
        return pictures

    def take_tables(self) -> list[Tag]:
        """The tables met since the last time."""
        tables, self._tables = self._tables, []
        return tables

    def of(self, nodes: Iterable[PageElement], *, links: bool = True) -> str:
        """Inline rich text of ``nodes``."""
        return "".join(self._one(node, links=links) for node in nodes)

    def rich(self, parent: Tag) -> str:
        """Paragraphs and lists of everything in ``parent``: what a step, a note or a cell may hold."""
        parts: list[str] = []
        run: list[str] = []

        def close() -> None:
            text = squeezed("".join(run))
            run.clear()
            if text:
                parts.append(f"<p>{text}</p>")

        for node in parent.children:
            name = node.name if isinstance(node, Tag) else None
            if name in {"ul", "ol"}:
                close()
                parts.append(self.list(node))
            elif name == "pre":
                close()
                parts.append(_code_lines(node.get_text()))
            elif name == "table":
                close()
                self._tables.append(node)
            elif name in BLOCKS:
                close()
                inner = self.rich(node)
                parts.append(_bold(inner) if name[0] == "h" and name[1:].isdigit() else inner)
            else:
                run.append(self._one(node))
        close()
        return "".join(parts)

    def list(self, node: Tag) -> str:
        """A list with the lists inside it."""
        items = []
        for item in node.find_all("li", recursive=False):
            inner = self.rich(item)
            # One paragraph needs no tags of its own.
            if inner.count("<p>") == 1 and inner.startswith("<p>"):
                inner = inner.replace("<p>", "", 1).replace("</p>", "", 1)
            else:
                inner = inner.replace("</p><p>", "<br/>").replace("<p>", "").replace("</p>", "")
            if inner.strip():
                items.append(f"<li>{inner}</li>")
        return f"<{node.name}>{''.join(items)}</{node.name}>" if items else ""

    def _one(self, node: PageElement, *, links: bool = True) -> str:
        if isinstance(node, NavigableString):
            return self._text(str(node), links=links)
        if not isinstance(node, Tag):
            return ""
        if node.name == "br":
            return "<br/>"
        if node.name == "img":
            return self._image(node)
        if node.name == "table":
            self._tables.append(node)
            return ""
        if node.name in CODE:
            code = escape(SPACE.sub(" ", node.get_text()))
            return f"<code>{code}</code>" if code.strip() else ""
        if node.name == "a":
            inner = self.of(node.children, links=False)
            href = node.get("href")
            return self._context.link(str(href), inner) if href and links else inner
        inner = self.of(node.children, links=links)
        tag = SAME.get(node.name)
        return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner

    def _text(self, text: str, *, links: bool) -> str:
        text = SPACE.sub(" ", text)
        return with_links(text, self._context) if links else escape(text)

    def _image(self, node: Tag) -> str:
        source = str(node.get("src") or "").strip()
        alt = " ".join(str(node.get("alt") or "").split())
        if not source:
            return escape(alt)
        if source.startswith(("http://", "https://", "//")):
            self._context.say(
                _("A picture on another server was not fetched; a link stands there.")
            )
            address = source if source.startswith("http") else f"https:{source}"
            return self._context.link(address, escape(alt or address))
        try:
            picture = self._context.picture(source)
        except PictureRefused as refusal:
            self._context.say(str(refusal))
            return f"<i>{escape(alt)}</i>" if alt else ""
        caption = " ".join(str(node.get("title") or "").split())
        self._pictures.append(Picture(picture, alt[:500], caption[:500]))
        return ""


def _bold(inner: str) -> str:
    return inner.replace("<p>", "<p><b>").replace("</p>", "</b></p>")


def _code_lines(code: str) -> str:
    lines = [
        f"<code>{escape(line)}</code>" for line in code.strip("\n").split("\n") if line.strip()
    ]
    return f"<p>{'<br/>'.join(lines)}</p>" if lines else ""
