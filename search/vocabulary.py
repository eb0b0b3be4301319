"""What query understanding and ranking may ask about the words of the index. Pure: a Protocol, no storage.

A vocabulary is already narrowed to one viewer: a word that occurs only in texts he may not see is unknown
to it, so it can neither be suggested nor betray itself by *not* being corrected.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

Translations = Mapping[str, Sequence[tuple[str, float]]]
"""For a term those of the other language, the likeliest first, with weight 1, the others with less."""


class Words(Protocol):
    """The words that one viewer could read somewhere in the index: what an engine knows of them."""

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many articles each of ``words`` occurs exactly so; words that do not occur are left out."""

    def known_terms(self, terms: Iterable[str]) -> set[str]:
        """Those of ``terms`` that occur in some form."""

    def near(self, word: str, limit: int) -> list[str]:
        """Words one slip of the hand from ``word`` (two for long words), the likeliest first."""

    def sounding(self, keys: Iterable[str], *, russian: bool, limit: int) -> list[str]:
        """Words of the other script whose transliteration key is one of ``keys``, the likeliest first.

        Russian ones are also met with one letter wrong.
        """

    def completions(self, prefix: str, limit: int) -> list[str]:
        """Title words that begin with ``prefix``, the most frequent first; for a code begun, codes of any text."""


class Vocabulary(Words, Protocol):
    """The same with what editors know: their words, and which translate each other."""

    def translations(self, terms: Iterable[str]) -> Translations:
        """For each of ``terms`` that has any, its translations."""

    def paraphrases(self, terms: Iterable[str]) -> Translations:
        """For each of ``terms`` that has any, other words of its language that say the same."""
