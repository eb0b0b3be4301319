"""A body as a row of pieces for paper: what one reader may read, in the order it is printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from kb.choices import ScriptOutcome
from kb.models import Image
from kb.printing.rich_text import Paragraph, Run, paragraphs
from kb.rich_text import ReaderLinks


@dataclass(frozen=True)
class Heading:
    """A heading: 2 of a part of the article, 3 of a block."""

    words: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """Paragraphs; ``number`` is that of a step."""

    paragraphs: Sequence[Paragraph]
    number: int = 0


@dataclass(frozen=True)
class Box:
    """What is set off from the text, under a word that says what it is."""

    label: str
    paragraphs: Sequence[Paragraph]


@dataclass(frozen=True)
class Code:
    """Lines that stand as they were written."""

    words: str


@dataclass(frozen=True)
class Table:
    """A table with its heads."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A picture; ``words`` stand in its place where its file is missing."""

    image: Image
    caption: str
    words: str


@dataclass(frozen=True)
class Inside:
    """The part for employees only begins, or ends."""

    begins: bool


Piece = Heading | Text | Box | Code | Table | Picture | Inside


def pieces_of(blocks: Iterable[Any], links: ReaderLinks) -> Iterator[Piece]:
    """The pieces of ``blocks``, which are those that the reader may read."""
    for block in blocks:
        if block.block_type == "internal":
            yield Inside(begins=True)
            yield from pieces_of(block.value, links)
            yield Inside(begins=False)
        elif block.block_type == "file":
            yield from _file(block.value, links)
        else:
            yield from _PIECES[block.block_type](block.value)


def _heading(value) -> Iterator[Piece]:
    yield Heading(str(value))


def _text(value) -> Iterator[Piece]:
    yield Text(_rich(value))


def _steps(value) -> Iterator[Piece]:
    if value["title"]:
        yield Heading(value["title"], 3)
    for number, step in enumerate(value["items"], start=1):
        yield Text(_rich(step), number)


def _faq(value) -> Iterator[Piece]:
    if value["title"]:
        yield Heading(value["title"], 3)
    for item in value["questions"]:
        yield Heading(item["question"], 3)
        yield Text(_rich(item["answer"]))


def _callout(value) -> Iterator[Piece]:
    labels = {"warning": _("Attention"), "danger": _("Danger")}
    yield Box(labels.get(value["tone"], _("Note")), _rich(value["text"]))


def _table(value) -> Iterator[Piece]:
    heads = [column["heading"] for column in value.columns]
    rows = [[_plain(cell.value) for cell in row] for row in value.rows]
    if heads:
        yield Table(value.caption or "", heads, rows)


def _image(value) -> Iterator[Piece]:
    image = value["image"]
    if image is not None:
        yield Picture(image, value["caption"], value["alt"] or image.default_alt)


def _code(value) -> Iterator[Piece]:
    yield Code(value["code"].expandtabs(4))


def _say(value) -> Iterator[Piece]:
    yield Box(_("Say to the customer"), _lines(str(value)))


def _file(value, links: ReaderLinks) -> Iterator[Piece]:
    """A file is no part of the paper, only its name, for who may have it."""
    document = value["document"]
    if document is not None and document.pk in links.documents:
        title = value["title"] or document.title
        yield Text(_lines(_("File: %(title)s") % {"title": title}))


def _script(value) -> Iterator[Piece]:
    """The script from step to step, each under its name."""
    if value["title"]:
        yield Heading(value["title"], 3)
    for number, step in enumerate(value["steps"], start=1):
        ways = [f"{way['label']} → {way['leads_to']}" for way in step["choices"]]
        end = [str(ScriptOutcome(step["outcome"]).label)] if step["outcome"] else []
        told = [Paragraph((Run(step["name"], bold=True),)), *_rich(step["text"])]
        yield Text([*told, *_lines("\n".join([*ways, *end]), mark="•", depth=1)], number)
        if step["say"]:
            yield Box(_("Say to the customer"), _lines(step["say"]))


def _rich(value: RichText | str) -> list[Paragraph]:
    return paragraphs(value.source if isinstance(value, RichText) else str(value))


def _plain(value: RichText | str) -> str:
    return "\n".join(f"{part.mark} {part.words}".strip() for part in _rich(value))


def _lines(words: str, *, mark: str = "", depth: int = 0) -> list[Paragraph]:
    return [Paragraph((Run(line),), mark, depth) for line in words.splitlines() if line.strip()]


_PIECES = {
    "heading": _heading,
    "text": _text,
    "steps": _steps,
    "faq": _faq,
    "callout": _callout,
    "table": _table,
    "image": _image,
    "code": _code,
    "say": _say,
    "script": _script,
}
