"""A glossary learned from titles that are translations of each other: which terms stand for which. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from search import analysis

OFTEN = 2
"""So many pairs of titles must show two terms together."""

STRONG = 0.2
"""Least strength: the share of joint titles among those of either term, squared."""

MEANINGS = 2


def learn(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """From pairs of a Russian and an English title: for each term its translations, the strongest first."""
    russian: Counter[str] = Counter()
    english: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for russian_title, english_title in pairs:
        ours = _terms(russian_title, cyrillic=True)
        theirs = _terms(english_title, cyrillic=False)
        russian.update(ours)
        english.update(theirs)
        together.update((one, other) for one in ours for other in theirs)
    meanings: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, other), times in together.items():
        strength = times * times / (russian[one] * english[other])
        if times >= OFTEN and strength >= STRONG:
            meanings[one].append((-strength, other))
            meanings[other].append((-strength, one))
    return {
        term: [other for _, other in sorted(found)[:MEANINGS]] for term, found in meanings.items()
    }


def _terms(title: str, *, cyrillic: bool) -> set[str]:
    script = analysis.CYRILLIC if cyrillic else analysis.LATIN
    return {
        analysis.term(word)
        for word in analysis.words(title)
        if script.match(word) and word not in analysis.STOP_WORDS and not analysis.is_compound(word)
    }
