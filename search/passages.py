"""Cutting a text into passages: windows of about a hundred words along its paragraphs. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WINDOW = 110
"""Words after which a passage is full."""

CARRIED = 20
"""A last paragraph shorter than this opens the next passage too, since it is often its heading."""

MOST = 60
"""Passages of one text; what lies beyond is found through the article as a whole."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: of which part, its text, and which paragraph of the part it begins with."""

    part: int
    text: str
    first: int


def of_parts(texts: Iterable[str]) -> list[Passage]:
    """The passages of an article's parts in order."""
    return [
        Passage(number, "\n".join(paragraphs), first)
        for number, text in enumerate(texts)
        for first, paragraphs in _windows(text.split("\n"))
    ]


def cut(text: str) -> list[str]:
    """The passages of ``text``, whose lines are its paragraphs."""
    return [passage.text for passage in of_parts([text])]


def _windows(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The first ``MOST`` windows over ``lines``, each with where it begins."""
    made = first = length = 0
    for place, paragraph in enumerate(lines):
        words = len(paragraph.split())
        length += words
        if length < WINDOW:
            continue
        yield first, lines[first : place + 1]
        made += 1
        if made == MOST:
            return
        carried = words < CARRIED
        first, length = (place, words) if carried else (place + 1, 0)
    rest = lines[first:]
    if any(paragraph.strip() for paragraph in rest) and (length or not made):
        yield first, rest
