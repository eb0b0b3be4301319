"""A short text: right in any word form, case and punctuation, and with е for ё.

Body: ``{"accepted": ["кодеки", …]}``. Notation: a line for each accepted answer; the first is the one people are told.
"""

import functools
import re
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pymorphy3

from certification.kinds.base import (
    LONGEST_TEXT,
    MOST_PARTS,
    RIGHT,
    WRONG,
    Body,
    Keys,
    Kind,
    Malformed,
    Presented,
    lines_of,
    one_text,
)

WORD = re.compile(r"[^\W_]+(?:[.,:/*#+-][^\W_]+)*|[*#+]+[^\W_]+", re.UNICODE)
CYRILLIC = re.compile(r"[а-я]+")


@functools.cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


@functools.lru_cache(maxsize=4096)
def _lemmas(word: str) -> frozenset[str]:
    if not CYRILLIC.fullmatch(word):
        return frozenset({word})
    forms = {parse.normal_form.replace("ё", "е") for parse in _morphology().parse(word)}
    return frozenset(forms | {word})


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(text.casefold().replace("ё", "е"))


def same_words(one: str, other: str) -> bool:
    """Whether two short texts say the same, word by word, in any form of each word."""
    left, right = words_of(one), words_of(other)
    return (
        bool(left)
        and len(left) == len(right)
        and all(_lemmas(a) & _lemmas(b) for a, b in zip(left, right, strict=True))
    )


class ShortText(Kind):
    """A word or a few."""

    name = "short"

    def parse(self, notation: str) -> dict[str, Any]:
        body = {"accepted": [line for _number, line in lines_of(notation)]}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(body["accepted"])

    def validate(self, body: Body) -> None:
        accepted = body.get("accepted")
        if not isinstance(accepted, list) or not 1 <= len(accepted) <= MOST_PARTS:
            raise Malformed("an_accepted_answer")
        for number, text in enumerate(accepted, start=1):
            if not isinstance(text, str) or len(text) > LONGEST_TEXT or not words_of(text):
                raise Malformed("accepted_answer_without_words", number)

    def present(self, body: Body, rng: Random) -> Presented:
        return Presented()

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        text = one_text(given)
        return [text] if text else []

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        text = one_text(given)
        return RIGHT if any(same_words(text, one) for one in body["accepted"]) else WRONG

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return list(given)

    def expected(self, body: Body) -> list[str]:
        return list(body["accepted"][:1])
