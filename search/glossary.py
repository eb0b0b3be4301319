"""A glossary learned from titles that are translations of each other: which words stand for which. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search import analysis

OFTEN = 2
"""So many pairs of titles must show two terms together."""

STRONG = 0.2
"""Least strength: the share of joint titles among those of either term, squared."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that translate each other, with their terms, and what speaks for it."""

    russian: str
    english: str
    russian_term: str
    english_term: str
    titles: int
    strength: float


def learn(pairs: Iterable[tuple[str, str]]) -> list[Pair]:
    """From pairs of a Russian and an English title: words that translate each other, the surest first."""
    russian: Counter[str] = Counter()
    english: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for russian_title, english_title in pairs:
        ours = _terms(russian_title, written, cyrillic=True)
        theirs = _terms(english_title, written, cyrillic=False)
        russian.update(ours)
        english.update(theirs)
        together.update((one, other) for one in ours for other in theirs)
    found = [
        Pair(
            one,
            _mostly(written[other]),
            one,
            other,
            times,
            times * times / (russian[one] * english[other]),
        )
        for (one, other), times in together.items()
        if times >= OFTEN
    ]
    strong = (pair for pair in found if pair.strength >= STRONG)
    return sorted(strong, key=lambda pair: (-pair.strength, pair.russian_term, pair.english_term))


def _terms(title: str, written: dict[str, Counter[str]], *, cyrillic: bool) -> set[str]:
    script = analysis.CYRILLIC if cyrillic else analysis.LATIN
    found = set()
    for word in analysis.words(title):
        if (
            script.match(word)
            and word not in analysis.STOP_WORDS
            and not analysis.is_compound(word)
        ):
            term = analysis.term(word)
            written[term][word] += 1
            found.add(term)
    return found


def _mostly(written: Counter[str]) -> str:
    """The form people write most: a stem is no word. (A Russian term is one already.)"""
    return min(written, key=lambda word: (-written[word], word))
