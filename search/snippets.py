"""The part of a text worth showing for a query, with the places to mark. Pure.

Marks are offsets into the original text, found by analysing only what is shown: a word is marked if its
term is looked for, in whatever form it stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from search import analysis
from search.understanding import Understood

LENGTH = 170
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: terms, and the beginning of an unfinished last word."""

    terms: frozenset[str]
    beginning: str = ""
    judged: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Compounds that were met already: a text says the same words again and again."""

    @classmethod
    def of(cls, understood: Understood) -> "Wanted":
        """Everything a query looks for."""
        terms = {term for group in understood.groups for term, _ in group.terms}
        terms.update(term for phrase in understood.phrases for term in phrase)
        last = understood.groups[-1].typed if understood.groups else ""
        return cls(frozenset(terms), last if len(last) >= 3 else "")

    def holds(self, word: str) -> bool:
        """Whether ``word`` of a text is to be marked."""
        if analysis.term(word) in self.terms:
            return True
        return bool(self.beginning) and word.startswith(self.beginning)


def marks(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Where in ``text`` (in composed form) the wanted words stand; neighbours are joined."""
    found: list[tuple[int, int]] = []
    judged = wanted.judged
    for place in analysis.places(text):
        compound = place.group()
        is_wanted = judged.get(compound)
        if is_wanted is None:
            is_wanted = judged[compound] = _is_wanted(analysis.parts(compound), wanted)
        if not is_wanted:
            continue
        start, end = place.span()
        if found and text[found[-1][1] : start].isspace():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_wanted(parts: tuple[str, ...], wanted: Wanted) -> bool:
    if len(parts) > 1 and analysis.whole(parts) in wanted.terms:
        return True
    return any(wanted.holds(part) and part not in analysis.STOP_WORDS for part in parts)


def marked(text: str, wanted: Wanted) -> list[Stretch]:
    """The whole of ``text`` as stretches."""
    text = unicodedata.normalize("NFC", text)
    return list(_stretches(text, marks(text, wanted), 0, len(text)))


def snippet(text: str, wanted: Wanted, length: int = LENGTH) -> list[Stretch]:
    """The window of ``text`` with the most different wanted words, cut at words, as stretches."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    found = marks(text, wanted)
    start, end = _best_window(text, found, length)
    stretches = list(_stretches(text, found, start, end))
    if start:
        stretches.insert(0, Stretch("… "))
    if end < len(text):
        stretches.append(Stretch("…"))
    return stretches


def lead(text: str, length: int = 300) -> str:
    """The opening of ``text``: its first sentences, as far as they fit."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    ends = [match.start() for match in SENTENCE_END.finditer(text, 0, length)]
    return text[: ends[-1]] if ends else text[: text.rfind(" ", 0, length)] + "…"


def words_found(text: str, wanted: Wanted) -> set[str]:
    """The different words of ``text`` that are wanted."""
    text = unicodedata.normalize("NFC", text)
    return {analysis.fold(text[start:end]) for start, end in marks(text, wanted)}


def has_marks(stretches: Iterable[Stretch]) -> bool:
    """Whether anything in ``stretches`` is marked."""
    return any(stretch.marked for stretch in stretches)


def _best_window(text: str, found: list[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    best, best_score = 0, -1
    words = [analysis.fold(text[start:end]) for start, end in found]
    for i, (start, _) in enumerate(found):
        inside = {words[j] for j in range(i, len(found)) if found[j][1] <= start + length}
        if len(inside) > best_score:
            best, best_score = start, len(inside)
    start = _sentence_start(text, best, length)
    end = min(len(text), start + length)
    if end < len(text):
        end = text.rfind(" ", start + length // 2, end) if " " in text[start:end] else end
        end = end if end > start else min(len(text), start + length)
    return start, end


def _sentence_start(text: str, position: int, length: int) -> int:
    """The beginning of the sentence around ``position``, or a word a little before it."""
    earliest = max(0, position - length // 3)
    if earliest == 0:
        return 0
    breaks = [match.end() for match in SENTENCE_END.finditer(text, earliest, position)]
    if breaks:
        return breaks[0]
    space = text.find(" ", earliest, position)
    return space + 1 if space >= 0 else position


def _stretches(text: str, found: list[tuple[int, int]], start: int, end: int) -> Iterator[Stretch]:
    at = start
    for mark_start, mark_end in found:
        if mark_start < start or mark_end > end:
            continue
        if mark_start > at:
            yield Stretch(text[at:mark_start])
        yield Stretch(text[mark_start:mark_end], marked=True)
        at = mark_end
    if at < end:
        yield Stretch(text[at:end])
