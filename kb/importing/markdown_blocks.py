"""Markdown to blocks, with the directives for what Markdown has no sign for.

``:::steps [title]``, ``:::callout info|warning|danger``, ``:::say``, ``:::script [title]`` and ``:::internal`` each
stand alone on a line and end with ``:::``; an internal part may hold the others. How a script is written: see
``kb/importing/scripts.py``.
"""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from kb.importing import html_blocks, scripts
from kb.importing.bodies import Body
from kb.importing.context import Context
from kb.importing.html_inline import Inline
from kb.sanitising import clean_source

OPENING = re.compile(r"^(:{3,})\s*([a-zA-Z]+)(?:[ \t]+(.*?))?\s*$")
CLOSING = re.compile(r"^(:{3,})\s*$")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
TONES = {"info", "warning", "danger"}
TONE_NAMES = {"note": "info", "tip": "info", "important": "warning", "caution": "danger"}
DEEPEST = 5

_parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Which links may stay is decided once, by the sanitiser; refused here they would stay as bare brackets.
_parser.validateLink = lambda address: True  # ty: ignore[invalid-assignment]


@dataclass
class Part:
    """A run of Markdown, or a directive with parts inside it."""

    name: str = ""
    argument: str = ""
    lines: list[str] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All Markdown in it."""
        return "\n".join(["\n".join(self.lines), *(part.text for part in self.parts)]).strip("\n")


def convert(source: str, context: Context, *, title: str = "") -> Body:
    """The body of ``source``. A first heading that only repeats ``title`` goes."""
    body = Body()
    for part in parts_of(source, context):
        _write(part, body, context, title="" if body else title)
    return body


def parts_of(source: str, context: Context) -> list[Part]:
    """``source`` cut at its directives; what looks like one inside code is code."""
    root = Part()
    stack = [root]
    fence = ""
    for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        marker = FENCE.match(line)
        if fence:
            if marker and marker[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif marker:
            fence = marker[1]
        elif opening := OPENING.match(line):
            if len(stack) <= DEEPEST:
                stack.append(Part(name=opening[2].lower(), argument=opening[3] or ""))
                stack[-2].parts.append(stack[-1])
                continue
        elif CLOSING.match(line) and len(stack) > 1:
            stack.pop()
            continue
        _append(stack[-1], line)
    if len(stack) > 1:
        context.say(_("“:::%(name)s” is never closed.") % {"name": stack[-1].name})
    return root.parts


def _append(part: Part, line: str) -> None:
    if not part.parts or part.parts[-1].name:
        part.parts.append(Part())
    part.parts[-1].lines.append(line)


def _write(part: Part, body: Body, context: Context, *, title: str) -> None:
    if part.name == "internal":
        inner = Body()
        for each in part.parts:
            _write(each, inner, context, title="")
        _flatten(inner)
        body.internal(inner)
    elif part.name == "say":
        body.say(_as_said(part.text))
    elif part.name == "callout" or part.name in TONES or part.name in TONE_NAMES:
        word = part.argument.split()[0].lower() if part.argument else "info"
        tone = word if part.name == "callout" else part.name
        tone = TONE_NAMES.get(tone, tone)
        _callout(part, body, context, tone if tone in TONES else "info")
    elif part.name == "script":
        body.script(scripts.steps_of(part.text, _html), title=part.argument.strip())
    elif part.name == "steps":
        title = part.argument.strip()
        body.extend(html_blocks.convert(_html(part.text), context, steps_title=title))
    elif part.name:
        context.say(_("“:::%(name)s” is not known; its text was kept.") % {"name": part.name})
        for each in part.parts:
            _write(each, body, context, title="")
    else:
        body.extend(html_blocks.convert(_html(part.text), context, title=title))


def _callout(part: Part, body: Body, context: Context, tone: str) -> None:
    soup = BeautifulSoup(clean_source(_html(part.text)), "html.parser")
    inline = Inline(context)
    body.callout(inline.rich(soup), tone)
    for picture in inline.take_pictures():
        body.image(picture.pk, alt=picture.alt, caption=picture.caption)
    for table in inline.take_tables():
        body.extend(html_blocks.convert(str(table), context))


def _flatten(inner: Body) -> None:
    """An internal part inside an internal part is one."""
    blocks = inner.blocks
    inner.blocks = []
    for block in blocks:
        inner.blocks += block["value"] if block["type"] == "internal" else [block]


def _html(source: str) -> str:
    return _parser.render(source)


def _as_said(source: str) -> str:
    """The plain words of what to say: paragraphs apart, lists with their signs."""
    soup = BeautifulSoup(clean_source(_html(source)), "html.parser")
    for line in soup.find_all("br"):
        line.replace_with("\n")
    paragraphs: list[str] = []
    for node in soup.find_all(["p", "li", "h1", "h2", "h3", "h4", "pre"]):
        if node.find_parent("li") is not None:
            continue
        text = "\n".join(
            " ".join(line.split()) for line in node.get_text().split("\n") if line.strip()
        )
        if node.name == "li" and node.parent is not None:
            items = node.parent.find_all("li", recursive=False)
            place = next(place for place, item in enumerate(items, 1) if item is node)
            text = f"{place}. {text}" if node.parent.name == "ol" else f"• {text}"
            if place > 1:
                paragraphs[-1] += f"\n{text}"
                continue
        if text:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)
