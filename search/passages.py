"""Cutting a text into passages: windows of about a hundred words along its paragraphs. Pure."""

from collections.abc import Iterable

WINDOW = 110
"""Words after which a passage is full."""

CARRIED = 20
"""A last paragraph shorter than this opens the next passage too, since it is often its heading."""

MOST = 60
"""Passages of one text; what lies beyond is found through the article as a whole."""


def of_parts(texts: Iterable[str]) -> list[tuple[int, str]]:
    """The passages of an article's parts in order, each with the number of its part."""
    return [(number, passage) for number, text in enumerate(texts) for passage in cut(text)]


def cut(text: str) -> list[str]:
    """The passages of ``text``, whose lines are its paragraphs."""
    passages: list[str] = []
    window: list[str] = []
    length = 0
    for paragraph in text.split("\n"):
        window.append(paragraph)
        length += len(paragraph.split())
        if length >= WINDOW:
            passages.append("\n".join(window))
            last = paragraph.split()
            window = [paragraph] if len(last) < CARRIED else []
            length = len(last) if window else 0
    if any(paragraph.strip() for paragraph in window) and (length or not passages):
        passages.append("\n".join(window))
    return passages[:MOST]
