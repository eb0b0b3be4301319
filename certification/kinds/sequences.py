"""Putting steps in order.

Body: ``{"steps": ["first", "second", …]}``. Notation: a line for each step, in the right order.
"""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    LONGEST_TEXT,
    MOST_PARTS,
    WRONG,
    Body,
    Keys,
    Kind,
    Malformed,
    NotAnAnswer,
    Presented,
    lines_of,
)


def longest_rising(places: Sequence[int]) -> int:
    """How many of ``places`` at most rise from left to right, others left out."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


class Ordering(Kind):
    """Steps; what counts is how many of them follow one another rightly, so one slip costs one step."""

    name = "ordering"

    def parse(self, notation: str) -> dict[str, Any]:
        body = {"steps": [line for _number, line in lines_of(notation)]}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(body["steps"])

    def validate(self, body: Body) -> None:
        steps = body.get("steps")
        if not isinstance(steps, list) or not 2 <= len(steps) <= MOST_PARTS:
            raise Malformed("two_to_twenty_steps")
        seen = set()
        for number, step in enumerate(steps, start=1):
            if not isinstance(step, str) or not step.strip() or len(step) > LONGEST_TEXT:
                raise Malformed("step_without_text", number)
            if step.strip().casefold() in seen:
                raise Malformed("step_twice", number)
            seen.add(step.strip().casefold())

    def present(self, body: Body, rng: Random) -> Presented:
        order = list(range(len(body["steps"])))
        rng.shuffle(order)
        if order == sorted(order):
            # Laid out rightly, it would be answered by handing it in.
            order = [*order[1:], order[0]]
        return Presented(
            shown={
                "steps": [
                    {"key": str(place), "text": body["steps"][index]}
                    for place, index in enumerate(order, start=1)
                ]
            },
            keys={str(place): index for place, index in enumerate(order, start=1)},
        )

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        chosen = [key for key in given if key != ""]
        if not all(isinstance(key, str) and key in keys for key in chosen):
            raise NotAnAnswer("unknown_choice")
        if len(set(chosen)) < len(chosen):
            raise NotAnAnswer("step_at_two_places")
        return chosen

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        steps = len(body["steps"])
        if len(given) != steps:
            return WRONG
        return Fraction(longest_rising([keys[key] for key in given]) - 1, steps - 1)

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return [body["steps"][keys[key]] for key in given if key in keys]

    def expected(self, body: Body) -> list[str]:
        return list(body["steps"])
