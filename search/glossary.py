"""A glossary learned from what translates each other: which words stand for which. Pure.

Segments (titles, headings, paragraphs) of two languages are given in pairs. In every pair each word is linked with at
most one word of the other side, the best associated pair first, so that a frequent companion («номер телефона»: phone)
does not pass for a translation. What is linked often is a translation.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from search import analysis

OFTEN = 2
"""So many segments must link two words."""

SHARE = 0.08
"""Least share a translation has among the segments of one of its words."""

BY_CHANCE = 3.0
"""Log-likelihood ratio up to which two words may meet by chance."""

LONGEST = 30
"""Segments with more different words tell little of each and cost most."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that translate each other, with their terms, how many segments link them, and how surely."""

    russian: str
    english: str
    russian_term: str
    english_term: str
    seen: int
    strength: float


def learn(segments: Iterable[tuple[str, str]]) -> list[Pair]:
    """From pairs of a Russian and an English text: words that translate each other, the surest first."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    different: dict[tuple[Terms, Terms], None] = {}
    for russian_text, english_text in segments:
        ours = _terms(russian_text, written, cyrillic=True)
        theirs = _terms(english_text, written, cyrillic=False)
        if ours and theirs and max(len(ours), len(theirs)) <= LONGEST:
            # What is said a hundred times in the same words teaches no more than once.
            different[ours, theirs] = None
    russian = Counter(term for ours, _ in different for term in ours)
    english = Counter(term for _, theirs in different for term in theirs)
    linked = _links(different, _associations(different, russian, english))
    found = [
        Pair(
            one,
            _mostly(written[other]),
            one,
            other,
            times,
            round(times * times / (russian[one] * english[other]), 4),
        )
        for (one, other), times in linked.items()
        if times >= OFTEN and times >= SHARE * min(russian[one], english[other])
    ]
    return sorted(found, key=lambda pair: (-pair.strength, pair.russian_term, pair.english_term))


def _associations(
    segments: Iterable[tuple[Terms, Terms]], russian: Counter[str], english: Counter[str]
) -> dict[tuple[str, str], float]:
    """How much oftener than by chance two words stand on both sides of one segment."""
    total = 0
    together: Counter[tuple[str, str]] = Counter()
    for ours, theirs in segments:
        total += 1
        together.update((one, other) for one in ours for other in theirs)
    found = {}
    for (one, other), times in together.items():
        if times >= OFTEN:
            ratio = _likelihood_ratio(times, russian[one], english[other], total)
            if ratio > BY_CHANCE:
                found[one, other] = ratio
    return found


def _links(
    segments: Iterable[tuple[Terms, Terms]], associations: dict[tuple[str, str], float]
) -> Counter[tuple[str, str]]:
    """In how many segments two words are each other's best partner that is still free."""
    links: Counter[tuple[str, str]] = Counter()
    for ours, theirs in segments:
        possible = [
            (associations[one, other], one, other)
            for one in ours
            for other in theirs
            if (one, other) in associations
        ]
        taken: set[str] = set()
        for _, one, other in sorted(possible, reverse=True):
            if one not in taken and other not in taken:
                taken |= {one, other}
                links[one, other] += 1
    return links


def _likelihood_ratio(together: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio; nothing for words that avoid each other."""
    neither = total - one - other + together
    if together * neither <= (one - together) * (other - together):
        return 0.0
    cells = (together, one - together, other - together, neither)
    return 2 * (_entropy(cells) - _entropy((one, total - one)) - _entropy((other, total - other)))


def _entropy(counts: Iterable[int]) -> float:
    counts = [count for count in counts if count > 0]
    whole = sum(counts)
    return sum(count * math.log(count / whole) for count in counts)


def _terms(text: str, written: dict[str, Counter[str]], *, cyrillic: bool) -> Terms:
    script = analysis.CYRILLIC if cyrillic else analysis.LATIN
    found = {}
    for word in analysis.words(text):
        if (
            script.match(word)
            and word not in analysis.STOP_WORDS
            and not analysis.is_compound(word)
        ):
            term = analysis.term(word)
            written[term][word] += 1
            found[term] = None
    return tuple(found)


def _mostly(written: Counter[str]) -> str:
    """The form people write most: a stem is no word. (A Russian term is one already.)"""
    return min(written, key=lambda word: (-written[word], word))
