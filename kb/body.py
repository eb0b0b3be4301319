"""Walking through a body: the single values that its blocks hold, at any depth."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue


def leaves(value: Any) -> Iterator[Any]:
    """Every value inside ``value`` that holds no further blocks: rich texts, plain texts, images, documents."""
    inside = _inside(value)
    if inside is None:
        yield value
        return
    for inner in inside:
        yield from leaves(inner)


def _inside(value: Any) -> list | None:
    """The values one level below ``value``; None for one that holds no blocks."""
    if isinstance(value, StreamValue):
        return [block.value for block in value]
    if isinstance(value, StructValue):
        return list(value.values())
    if isinstance(value, ListValue):
        return list(value)
    if hasattr(value, "rows"):  # a typed table, whose class Wagtail does not export
        return [cell.value for row in value.rows for cell in row]
    return None
