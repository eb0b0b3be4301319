"""Judging a situation: one choice, each worth what it is worth.

Body: ``{"choices": [{"text": "…", "worth": 100}, {"text": "…", "worth": 50}, …]}``, worth in percent.
Notation: a line for each choice, its worth before it: ``100 Ask for the code word``.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from certification.kinds.base import (
    LONGEST_TEXT,
    MOST_PARTS,
    WRONG,
    Body,
    Keys,
    Malformed,
    lines_of,
)
from certification.kinds.choosing import Single

LINE = re.compile(r"(\d{1,3})\s*%?\s+(\S.*)")
BEST = 100


class Situational(Single):
    """The best thing to do, and what is nearly as good."""

    name = "situational"

    def parse(self, notation: str) -> dict[str, Any]:
        choices = []
        for number, line in lines_of(notation):
            match = LINE.fullmatch(line)
            if not match:
                raise Malformed("choice_needs_a_worth", number)
            choices.append({"text": match[2], "worth": int(match[1])})
        body = {"choices": choices}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(f"{choice['worth']} {choice['text']}" for choice in body["choices"])

    def validate(self, body: Body) -> None:
        choices = body.get("choices")
        if not isinstance(choices, list) or not 2 <= len(choices) <= MOST_PARTS:
            raise Malformed("two_to_twenty_choices")
        seen = set()
        for number, choice in enumerate(choices, start=1):
            text = choice.get("text") if isinstance(choice, dict) else None
            if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
                raise Malformed("choice_without_text", number)
            if type(choice.get("worth")) is not int or not 0 <= choice["worth"] <= BEST:
                raise Malformed("choice_needs_a_worth", number)
            if text.strip().casefold() in seen:
                raise Malformed("choice_twice", number)
            seen.add(text.strip().casefold())
        _validate_worths(sorted(choice["worth"] for choice in choices))

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        if len(given) != 1:
            return WRONG
        return Fraction(body["choices"][keys[given[0]]]["worth"], BEST)

    def options(self, body: Body) -> list[tuple[str, bool]]:
        return [(choice["text"], choice["worth"] == BEST) for choice in body["choices"]]

    def expected(self, body: Body) -> list[str]:
        return [choice["text"] for choice in body["choices"] if choice["worth"] == BEST]


def _validate_worths(worths: list[int]) -> None:
    """The best is worth everything, something less is worth a part, not all are alike."""
    if worths[-1] != BEST or worths[0] == BEST:
        raise Malformed("worth_from_best_to_less")
    if worths[-2] == 0:
        raise Malformed("worth_in_degrees")
