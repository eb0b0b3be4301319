"""Choosing: one right choice, several right choices, true or false.

Body: ``{"choices": [{"text": "…", "right": true}, …], "partial": false}``; for true or false ``{"right": true}``.
Notation: a line for each choice, right ones begin with ``+``, the others with ``-``; ``+`` or ``-`` alone for
true or false.
"""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    LONGEST_TEXT,
    MOST_PARTS,
    RIGHT,
    WRONG,
    Body,
    Keys,
    Kind,
    Malformed,
    NotAnAnswer,
    Presented,
    lines_of,
)

TRUE, FALSE = "true", "false"


class _Choosing(Kind):
    """What one and several right choices share. Keys of choices are places on the sheet: they tell nothing."""

    def parse(self, notation: str) -> dict[str, Any]:
        choices = []
        for number, line in lines_of(notation):
            if line[0] not in "+-":
                raise Malformed("choice_needs_a_sign", number)
            choices.append({"text": line[1:].strip(), "right": line[0] == "+"})
        body = {"choices": choices}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(
            f"{'+' if choice['right'] else '-'} {choice['text']}" for choice in body["choices"]
        )

    def validate(self, body: Body) -> None:
        choices = body.get("choices")
        if not isinstance(choices, list) or not 2 <= len(choices) <= MOST_PARTS:
            raise Malformed("two_to_twenty_choices")
        seen = set()
        for number, choice in enumerate(choices, start=1):
            text = choice.get("text") if isinstance(choice, dict) else None
            if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
                raise Malformed("choice_without_text", number)
            if not isinstance(choice.get("right"), bool):
                raise Malformed("choice_needs_a_sign", number)
            if text.strip().casefold() in seen:
                raise Malformed("choice_twice", number)
            seen.add(text.strip().casefold())
        self.validate_rights(sum(choice["right"] for choice in choices))

    def validate_rights(self, rights: int) -> None:
        """Raise Malformed for a number of right choices that this kind cannot have."""
        raise NotImplementedError

    def present(self, body: Body, rng: Random) -> Presented:
        order = list(range(len(body["choices"])))
        rng.shuffle(order)
        return Presented(
            shown={
                "choices": [
                    {"key": str(place), "text": body["choices"][index]["text"]}
                    for place, index in enumerate(order, start=1)
                ]
            },
            keys={str(place): index for place, index in enumerate(order, start=1)},
        )

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        if not all(isinstance(key, str) and key in keys for key in given):
            raise NotAnAnswer("unknown_choice")
        return sorted(set(given), key=int)

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return [body["choices"][keys[key]]["text"] for key in given if key in keys]

    def options(self, body: Body) -> list[tuple[str, bool]]:
        return [(choice["text"], choice["right"]) for choice in body["choices"]]

    def expected(self, body: Body) -> list[str]:
        return [choice["text"] for choice in body["choices"] if choice["right"]]


class Single(_Choosing):
    """One choice is right."""

    name = "single"

    def validate_rights(self, rights: int) -> None:
        if rights != 1:
            raise Malformed("one_right_choice")

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        read = super().read(body, keys, given)
        if len(read) > 1:
            raise NotAnAnswer("one_answer")
        return read

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        if len(given) != 1:
            return WRONG
        return RIGHT if body["choices"][keys[given[0]]]["right"] else WRONG


class Multiple(_Choosing):
    """One or more choices are right; all of them and no other, unless the body says ``partial``."""

    name = "multiple"

    def validate_rights(self, rights: int) -> None:
        if rights < 1:
            raise Malformed("a_right_choice")

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        chosen = {keys[key] for key in given}
        right = {index for index, choice in enumerate(body["choices"]) if choice["right"]}
        if chosen == right:
            return RIGHT
        if not body.get("partial"):
            return WRONG
        return Fraction(max(0, len(chosen & right) - len(chosen - right)), len(right))


class TrueFalse(Kind):
    """A statement that is true or false."""

    name = "true_false"

    def parse(self, notation: str) -> dict[str, Any]:
        sign = notation.strip()
        if sign not in {"+", "-"}:
            raise Malformed("true_or_false")
        return {"right": sign == "+"}

    def write(self, body: Body) -> str:
        return "+" if body["right"] else "-"

    def validate(self, body: Body) -> None:
        if not isinstance(body.get("right"), bool):
            raise Malformed("true_or_false")

    def present(self, body: Body, rng: Random) -> Presented:
        return Presented()

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        if len(given) > 1 or any(one not in (TRUE, FALSE) for one in given):
            raise NotAnAnswer("unknown_choice")
        return list(given)

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        return RIGHT if list(given) == self.expected(body) else WRONG

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return list(given)

    def options(self, body: Body) -> list[tuple[str, bool]]:
        return [(TRUE, body["right"]), (FALSE, not body["right"])]

    def expected(self, body: Body) -> list[str]:
        return [TRUE if body["right"] else FALSE]
