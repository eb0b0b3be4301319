"""Classifying a ticket: each of its fields gets one value.

Body: ``{"fields": [{"name": "…", "choices": […], "right": 0}, …]}``. Notation: a line for each field:
``Category: +Billing | Network | Access``.
"""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    LONGEST_TEXT,
    Body,
    Keys,
    Kind,
    Malformed,
    Presented,
    lines_of,
)
from certification.kinds.lists import parse_list, validate_list, write_list
from certification.kinds.sheets import aligned

MOST_FIELDS = 8


class Classify(Kind):
    """The fields of a ticket, in the order of the desk; a part of the score for each."""

    name = "classify"

    def parse(self, notation: str) -> dict[str, Any]:
        fields = []
        for number, line in lines_of(notation):
            name, colon, entries = line.partition(":")
            if not colon or not name.strip():
                raise Malformed("field_needs_a_name", number)
            try:
                fields.append({"name": name.strip(), **parse_list(entries)})
            except Malformed as fault:
                raise Malformed(fault.code, number) from None
        body = {"fields": fields}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(f"{field['name']}: {write_list(field)}" for field in body["fields"])

    def validate(self, body: Body) -> None:
        fields = body.get("fields")
        if not isinstance(fields, list) or not 1 <= len(fields) <= MOST_FIELDS:
            raise Malformed("one_to_eight_fields")
        names = set()
        for number, field in enumerate(fields, start=1):
            name = field.get("name") if isinstance(field, dict) else None
            if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_TEXT:
                raise Malformed("field_needs_a_name", number)
            if ":" in name or "\n" in name or name.casefold() in names:
                raise Malformed("field_needs_a_name", number)
            names.add(name.casefold())
            validate_list(field)

    def present(self, body: Body, rng: Random) -> Presented:
        # Lists of a desk have their own order, which is not the order of rightness: it is kept.
        return Presented(
            shown={
                "fields": [
                    {
                        "name": field["name"],
                        "choices": [
                            {"key": str(place), "text": text}
                            for place, text in enumerate(field["choices"], start=1)
                        ],
                    }
                    for field in body["fields"]
                ]
            }
        )

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        fields = body["fields"]
        return aligned(
            given,
            len(fields),
            lambda place, key: key in map(str, range(1, len(fields[place]["choices"]) + 1)),
        )

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        right = sum(
            key == str(field["right"] + 1)
            for field, key in zip(body["fields"], given, strict=False)
        )
        return Fraction(right, len(body["fields"]))

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return [
            f"{field['name']}: {field['choices'][int(key) - 1]}"
            for field, key in zip(body["fields"], given, strict=False)
            if key
        ]

    def expected(self, body: Body) -> list[str]:
        return [f"{field['name']}: {field['choices'][field['right']]}" for field in body["fields"]]
