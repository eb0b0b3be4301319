"""Which files a body uses, and whether they stand inside an internal part."""

import re
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
    found: set[FileUsed] = set()
    for block in body:
        _collect(block.value, internal=block.block_type == "internal", into=found)
    return found


def _collect(value: Any, *, internal: bool, into: set[FileUsed]) -> None:
    if isinstance(value, RichText):
        for link in DOCUMENT_LINK.findall(value.source):
            match = ID.search(link)
            if match:
                into.add(FileUsed("document", int(match[1]), internal))
    elif isinstance(value, StreamValue):
        for block in value:
            _collect(block.value, internal=internal, into=into)
    elif hasattr(value, "values") and callable(value.values):
        for item in value.values():
            _collect(item, internal=internal, into=into)
    elif hasattr(value, "rows"):
        for row in value.rows:
            for cell in row:
                _collect(cell.value, internal=internal, into=into)
    elif hasattr(value, "get_rendition"):
        into.add(FileUsed("image", value.pk, internal))
    elif hasattr(value, "file_extension"):
        into.add(FileUsed("document", value.pk, internal))
    elif hasattr(value, "bound_blocks"):
        for item in value:
            _collect(item, internal=internal, into=into)
