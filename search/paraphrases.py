"""Words of one language that say the same, learned by way of the other. Pure.

Two Russian words that translate the same English ones in articles that translate each other are used for the same
thing on this site: «звонок» and «вызов» are both “call”. No list of synonyms knows that of a site, and whoever
describes a fault seldom takes the very word that stands in the article.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt

from search.vocabulary import Translations

LEAST_SEEN = 3
"""A translation that was met less often may be a chance of one article."""

LEAST_LIKELY = 0.1
"""How likely the way there and back must lead to the other word."""

MOST = 2
"""Paraphrases of a word; each costs time and more of them find less."""

HEAVIEST = 0.65
"""A paraphrase is never as sure as what was typed, nor as a repair that is taken for it."""

Seen = Mapping[str, Mapping[str, int]]
"""For each word how often each word of the other language was met as its translation."""


def learned(pairs: Iterable[tuple[str, str, int]]) -> Translations:
    """From (Russian, English, times met together): for each term its likeliest paraphrases, with weights."""
    there: dict[str, dict[str, int]] = defaultdict(dict)
    back: dict[str, dict[str, int]] = defaultdict(dict)
    for russian, english, seen in pairs:
        there[russian][english] = back[english][russian] = seen
    # A word that both languages share, such as a name, is its own translation and says nothing.
    return {**_there_and_back(back, there), **_there_and_back(there, back)}


def _there_and_back(there: Seen, back: Seen) -> Translations:
    found = {}
    for term, translations in there.items():
        total = sum(translations.values())
        likely: dict[str, float] = defaultdict(float)
        for translation, seen in translations.items():
            if seen < LEAST_SEEN:
                continue
            returned = back[translation]
            of_translation = sum(returned.values())
            for other, times in returned.items():
                if times >= LEAST_SEEN and other != term:
                    likely[other] += seen / total * times / of_translation
        best = sorted((-share, other) for other, share in likely.items() if share >= LEAST_LIKELY)
        if best:
            found[term] = tuple(
                (other, min(HEAVIEST, sqrt(-share))) for share, other in best[:MOST]
            )
    return found
