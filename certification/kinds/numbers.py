"""A number, with what it may be off by.

Body: ``{"value": "30", "tolerance": "0"}``, decimals as texts. Notation: ``30``, ``30 ± 2`` or ``28..32``.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    RIGHT,
    WRONG,
    Body,
    Keys,
    Kind,
    Malformed,
    NotAnAnswer,
    Presented,
    one_text,
)

SPACES = re.compile(r"[\s\u00a0\u202f]")
NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?")


def number_of(text: str) -> Decimal:
    """The number that ``text`` writes, with a comma or a point, spaces between thousands. Raises ValueError."""
    plain = SPACES.sub("", text).replace(",", ".").replace("−", "-")
    if not NUMBER.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


def plain(number: Decimal) -> str:
    """A number without exponent and idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Numeric(Kind):
    """A number."""

    name = "numeric"

    def parse(self, notation: str) -> dict[str, Any]:
        try:
            if ".." in notation:
                low, high = (number_of(part) for part in notation.split("..", 1))
                value, tolerance = (low + high) / 2, (high - low) / 2
            else:
                first, _, second = notation.replace("+-", "±").partition("±")
                value, tolerance = number_of(first), number_of(second or "0")
        except ValueError:
            raise Malformed("a_number") from None
        body = {"value": plain(value), "tolerance": plain(tolerance)}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        tolerance = body["tolerance"]
        return body["value"] if tolerance == "0" else f"{body['value']} ± {tolerance}"

    def validate(self, body: Body) -> None:
        try:
            value, tolerance = Decimal(body["value"]), Decimal(body["tolerance"])
        except (KeyError, TypeError, InvalidOperation):
            raise Malformed("a_number") from None
        if not value.is_finite() or not tolerance.is_finite() or tolerance < 0:
            raise Malformed("a_number")

    def present(self, body: Body, rng: Random) -> Presented:
        return Presented()

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        text = one_text(given)
        if not text:
            return []
        try:
            return [plain(number_of(text))]
        except ValueError:
            raise NotAnAnswer("not_a_number") from None

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        if not given:
            return WRONG
        off = abs(number_of(given[0]) - Decimal(body["value"]))
        return RIGHT if off <= Decimal(body["tolerance"]) else WRONG

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return list(given)

    def expected(self, body: Body) -> list[str]:
        return [self.write(body)]
