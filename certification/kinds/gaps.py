"""Gaps in a text: a word chosen from a list, words typed, a number.

Body: ``{"passage": "… [[1]] … [[2]]", "gaps": [gap, …]}`` where a gap is ``{"choices": […], "right": 0}``,
``{"accepted": […]}`` or ``{"value": "30", "tolerance": "0"}``. Notation: the text with its gaps in braces:
``{+right | wrong | wrong}``, ``{=word | another}``, ``{#30 ± 2}``.
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
    NotAnAnswer,
    Presented,
)
from certification.kinds.lists import parse_list, validate_list, write_list
from certification.kinds.numbers import Numeric
from certification.kinds.sheets import aligned
from certification.kinds.texts import ShortText

BRACES = re.compile(r"\{([^{}]*)\}")
PLACE = re.compile(r"\[\[(\d+)\]\]")
LONGEST_PASSAGE = 4000
NUMBER, WORDS = Numeric(), ShortText()


class Gap(Kind):
    """A text with gaps; a part of the score for each."""

    name = "gap"

    def parse(self, notation: str) -> dict[str, Any]:
        if PLACE.search(notation):
            raise Malformed("places_are_numbered_by_us")
        gaps: list[dict[str, Any]] = []

        def place(match: re.Match) -> str:
            gaps.append(_parse_gap(match[1].strip()))
            return f"[[{len(gaps)}]]"

        body = {"passage": BRACES.sub(place, notation.strip()), "gaps": gaps}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return PLACE.sub(
            lambda match: f"{{{_write_gap(body['gaps'][int(match[1]) - 1])}}}", body["passage"]
        )

    def validate(self, body: Body) -> None:
        passage, gaps = body.get("passage"), body.get("gaps")
        if not isinstance(passage, str) or not 0 < len(passage) <= LONGEST_PASSAGE:
            raise Malformed("a_passage")
        if "{" in passage or "}" in passage:
            raise Malformed("braces_do_not_match")
        if not isinstance(gaps, list) or not 1 <= len(gaps) <= MOST_PARTS:
            raise Malformed("one_to_twenty_gaps")
        if PLACE.findall(passage) != [str(number) for number in range(1, len(gaps) + 1)]:
            raise Malformed("one_to_twenty_gaps")
        for gap in gaps:
            _validate_gap(gap)

    def present(self, body: Body, rng: Random) -> Presented:
        shown: list[dict[str, Any]] = []
        orders: list[list[int]] = []
        for gap in body["gaps"]:
            order = list(range(len(gap.get("choices", []))))
            rng.shuffle(order)
            orders.append(order)
            shown.append(
                {
                    "choices": [
                        {"key": str(place), "text": gap["choices"][index]}
                        for place, index in enumerate(order, start=1)
                    ],
                    "number": "value" in gap,
                }
            )
        texts = PLACE.split(body["passage"])[::2]
        pieces = [
            {"text": text, "gap": gap} for text, gap in zip(texts, [*shown, None], strict=True)
        ]
        return Presented(shown={"pieces": pieces}, keys={"orders": orders})

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        gaps, orders = body["gaps"], keys["orders"]
        read = aligned(
            given, len(gaps), lambda place, text: _may_be(gaps[place], orders[place], text)
        )
        return [
            NUMBER.read({}, {}, [text])[0] if text and "value" in gap else text
            for gap, text in zip(gaps, read, strict=False)
        ]

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        right = sum(
            (
                _worth(gap, order, text)
                for gap, order, text in zip(body["gaps"], keys["orders"], given, strict=False)
                if text
            ),
            Fraction(0),
        )
        return right / len(body["gaps"])

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return [
            gap["choices"][order[int(text) - 1]] if "choices" in gap and text else text or "—"
            for gap, order, text in zip(body["gaps"], keys["orders"], given, strict=False)
        ]

    def expected(self, body: Body) -> list[str]:
        return [_right(gap) for gap in body["gaps"]]


def _parse_gap(inside: str) -> dict[str, Any]:
    if inside.startswith("#"):
        return NUMBER.parse(inside[1:])
    if inside.startswith("="):
        return WORDS.parse(inside[1:].replace("|", "\n"))
    return parse_list(inside)


def _write_gap(gap: Body) -> str:
    if "value" in gap:
        return f"#{NUMBER.write(gap)}"
    if "accepted" in gap:
        return f"={' | '.join(gap['accepted'])}"
    return write_list(gap)


def _validate_gap(gap: Any) -> None:
    if not isinstance(gap, dict):
        raise Malformed("a_gap")
    if "value" in gap:
        NUMBER.validate(gap)
    elif "accepted" in gap:
        WORDS.validate(gap)
        if any(re.search(r"[|{}\n]", text) for text in gap["accepted"]):
            raise Malformed("sign_of_the_notation")
    else:
        validate_list(gap)
        if gap["choices"][0].startswith(("=", "#")):
            raise Malformed("sign_of_the_notation")


def _may_be(gap: Body, order: Sequence[int], text: str) -> bool:
    if "choices" in gap:
        return text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(order)
    if len(text) > LONGEST_TEXT:
        raise NotAnAnswer("too_long")
    return True


def _worth(gap: Body, order: Sequence[int], text: str) -> Fraction:
    if "choices" in gap:
        return Fraction(order[int(text) - 1] == gap["right"])
    return (NUMBER if "value" in gap else WORDS).score(gap, {}, [text])


def _right(gap: Body) -> str:
    if "choices" in gap:
        return gap["choices"][gap["right"]]
    return (NUMBER if "value" in gap else WORDS).expected(gap)[0]
