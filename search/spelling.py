"""Finding near words: the keys under which a word is filed so that one slip of the hand still meets it. Pure.

Symmetric delete: a word is filed under itself and under itself with each single letter left out; two words
one slip apart share a key, two letters apart often do.
"""

import zlib
from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST, LONGEST = 4, 24


def deletions(word: str) -> set[str]:
    """``word`` and every string it becomes by leaving out one letter."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def key(text: str) -> int:
    """A short number to file a string under; two strings may share it, the distance decides."""
    return zlib.crc32(text.encode())


def keys(word: str) -> set[int]:
    """The numbers under which ``word`` is filed and looked up."""
    return {key(text) for text in deletions(word)}


def may_be_corrected(word: str) -> bool:
    """Whether ``word`` is of a length and kind for which a nearest word says anything."""
    return SHORTEST <= len(word) <= LONGEST and "_" not in word and not word.isdigit()


def within(word: str, candidates: Iterable[str], furthest: int) -> list[tuple[int, str]]:
    """The candidates at most ``furthest`` slips from ``word``, each with its distance."""
    near = []
    for candidate in candidates:
        distance = OSA.distance(word, candidate, score_cutoff=furthest)
        if distance <= furthest:
            near.append((distance, candidate))
    return near
