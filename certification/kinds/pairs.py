"""Matching: what belongs to what.

Body: ``{"pairs": [{"left": "…", "right": "…"}, …], "extra": ["belongs to nothing", …]}``.
Notation: ``left -> right`` on a line for each pair, ``-> text`` for what belongs to nothing.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    LONGEST_TEXT,
    MOST_PARTS,
    Body,
    Keys,
    Kind,
    Malformed,
    Presented,
    lines_of,
)
from certification.kinds.sheets import aligned

ARROW = "->"
ARROWS = re.compile("->|→")


def right_sides(body: Body) -> list[str]:
    """What can be chosen, each once, in the order of the body."""
    return list(dict.fromkeys([*(pair["right"] for pair in body["pairs"]), *body["extra"]]))


class Matching(Kind):
    """Each part on the left with one of the right; a part of the score for each."""

    name = "matching"

    def parse(self, notation: str) -> dict[str, Any]:
        pairs, extra = [], []
        for number, line in lines_of(notation):
            left, *rest = ARROWS.split(line, maxsplit=1)
            if not rest:
                raise Malformed("pair_needs_an_arrow", number)
            right = rest[0]
            if left.strip():
                pairs.append({"left": left.strip(), "right": right.strip()})
            else:
                extra.append(right.strip())
        body = {"pairs": pairs, "extra": extra}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        lines = [f"{pair['left']} {ARROW} {pair['right']}" for pair in body["pairs"]]
        return "\n".join([*lines, *(f"{ARROW} {text}" for text in body["extra"])])

    def validate(self, body: Body) -> None:
        pairs, extra = body.get("pairs"), body.get("extra")
        if not isinstance(pairs, list) or not isinstance(extra, list):
            raise Malformed("two_to_twenty_pairs")
        if not 2 <= len(pairs) <= MOST_PARTS or len(extra) > MOST_PARTS:
            raise Malformed("two_to_twenty_pairs")
        lefts = set()
        for number, pair in enumerate(pairs, start=1):
            texts = [pair.get("left"), pair.get("right")] if isinstance(pair, dict) else [None]
            if not all(_is_text(text) for text in texts):
                raise Malformed("pair_without_text", number)
            if ARROWS.search(texts[0]):
                raise Malformed("arrow_in_a_text", number)
            if texts[0].casefold() in lefts:
                raise Malformed("left_twice", number)
            lefts.add(texts[0].casefold())
        if not all(_is_text(text) for text in extra):
            raise Malformed("pair_without_text")
        sides = right_sides(body)
        if len(sides) < 2:
            raise Malformed("two_right_sides")
        if len(sides) < len({pair["right"] for pair in pairs}) + len(extra):
            raise Malformed("extra_twice")

    def present(self, body: Body, rng: Random) -> Presented:
        lefts = list(range(len(body["pairs"])))
        rights = right_sides(body)
        order = list(range(len(rights)))
        rng.shuffle(lefts)
        rng.shuffle(order)
        return Presented(
            shown={
                "parts": [body["pairs"][index]["left"] for index in lefts],
                "choices": [
                    {"key": str(place), "text": rights[index]}
                    for place, index in enumerate(order, start=1)
                ],
            },
            keys={
                "parts": lefts,
                "choices": {str(place): index for place, index in enumerate(order, start=1)},
            },
        )

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return aligned(given, len(keys["parts"]), lambda _place, key: key in keys["choices"])

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        rights = right_sides(body)
        right = sum(
            bool(key) and rights[keys["choices"][key]] == body["pairs"][index]["right"]
            for index, key in zip(keys["parts"], given, strict=False)
        )
        return Fraction(right, len(body["pairs"]))

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        rights = right_sides(body)
        return [
            f"{body['pairs'][index]['left']} — {rights[keys['choices'][key]]}"
            for index, key in zip(keys["parts"], given, strict=False)
            if key in keys["choices"]
        ]

    def expected(self, body: Body) -> list[str]:
        return [f"{pair['left']} — {pair['right']}" for pair in body["pairs"]]


def _is_text(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip()) and len(text) <= LONGEST_TEXT
