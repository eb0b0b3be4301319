"""Which files a body uses, and whether they stand inside an internal part."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

DOCUMENT_LINK = re.compile(r"<a[^>]*linktype=\"document\"[^>]*>")
ID = re.compile(r"\bid=\"(\d+)\"")


class FileUsed(NamedTuple):
    """A file and where it stands."""

    kind: str  # "image" or "document"
    pk: int
    internal: bool


def file_uses(body: StreamValue) -> set[FileUsed]:
    """Every image and document that ``body`` shows or links, told apart by place."""
    return {
        FileUsed(kind, pk, block.block_type == "internal")
        for block in body
        for kind, pk in _files_in(block.value)
    }


def _files_in(value: Any) -> Iterator[tuple[str, int]]:
    """The files a block's value shows or links, at any depth."""
    if isinstance(value, RichText):
        yield from _linked_in(value)
    elif hasattr(value, "get_rendition"):
        yield "image", value.pk
    elif hasattr(value, "file_extension"):
        yield "document", value.pk
    else:
        for inner in _values_inside(value):
            yield from _files_in(inner)


def _linked_in(text: RichText) -> Iterator[tuple[str, int]]:
    for link in DOCUMENT_LINK.findall(text.source):
        if match := ID.search(link):
            yield "document", int(match[1])


def _values_inside(value: Any) -> list[Any]:
    """What a stream, a struct, a table or a list holds; nothing for a plain value."""
    if isinstance(value, StreamValue):
        return [block.value for block in value]
    if callable(getattr(value, "values", None)):
        return list(value.values())
    if hasattr(value, "rows"):
        return [cell.value for row in value.rows for cell in row]
    if hasattr(value, "bound_blocks"):
        return list(value)
    return []
