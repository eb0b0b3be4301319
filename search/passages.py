"""Cutting a text into passages: windows of about a hundred words along its paragraphs. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, zip_longest

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
    asks: bool = False
    """Whether its first paragraph is a question and the rest the answer."""


def of_parts(
    texts: Iterable[str], questions: Iterable[Iterable[tuple[int, int]]] = ()
) -> list[Passage]:
    """The passages of an article's parts in order.

    ``questions`` says for each part from which paragraph up to which a question and its answer stand: no passage
    reaches over such an end.
    """
    return [
        Passage(number, "\n".join(paragraphs), first, asks=first in {one[0] for one in asked})
        for number, (text, asked) in enumerate(zip_longest(texts, questions, fillvalue=()))
        for first, paragraphs in islice(_stretches(str(text).split("\n"), tuple(asked)), MOST)
    ]


def cut(text: str) -> list[str]:
    """The passages of ``text``, whose lines are its paragraphs."""
    return [passage.text for passage in of_parts([text])]


def _stretches(
    lines: Sequence[str], asked: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Sequence[str]]]:
    """The windows over ``lines``, each with where it begins, none across the end of an answer."""
    ends = sorted({0, len(lines), *(place for one in asked for place in one)})
    for start, end in pairwise(ends):
        for first, paragraphs in _windows(lines[start:end]):
            yield start + first, paragraphs


def _windows(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The windows over ``lines``, each with where it begins."""
    made = first = length = 0
    for place, paragraph in enumerate(lines):
        words = len(paragraph.split())
        length += words
        if length < WINDOW:
            continue
        yield first, lines[first : place + 1]
        made += 1
        carried = words < CARRIED
        first, length = (place, words) if carried else (place + 1, 0)
    rest = lines[first:]
    if any(paragraph.strip() for paragraph in rest) and (length or not made):
        yield first, rest
