"""A list with one right entry on one line: ``+right | another | a third``. Gaps and fields of a ticket are such.

Value: ``{"choices": ["right", "another", …], "right": 0}``.
"""

import re
from typing import Any

from certification.kinds.base import LONGEST_TEXT, MOST_PARTS, Body, Malformed

SIGNS = re.compile(r"[|{}\n]")
# The right entry, and the other kinds of gaps, begin with these.
FIRST_SIGNS = ("+", "=", "#")


def parse_list(line: str) -> dict[str, Any]:
    """The list that ``line`` stands for. Raises Malformed."""
    entries = [entry.strip() for entry in line.split("|")]
    right = [place for place, entry in enumerate(entries) if entry.startswith("+")]
    if len(right) != 1:
        raise Malformed("one_right_entry")
    value = {"choices": [entry.removeprefix("+").strip() for entry in entries], "right": right[0]}
    validate_list(value)
    return value


def write_list(value: Body) -> str:
    """The line of ``value``."""
    return " | ".join(
        f"+{text}" if place == value["right"] else text
        for place, text in enumerate(value["choices"])
    )


def validate_list(value: Any) -> None:
    """Raise Malformed unless ``value`` is such a list."""
    choices = value.get("choices") if isinstance(value, dict) else None
    if not isinstance(choices, list) or not 2 <= len(choices) <= MOST_PARTS:
        raise Malformed("two_to_twenty_entries")
    for text in choices:
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            raise Malformed("entry_without_text")
        if SIGNS.search(text) or text.startswith(FIRST_SIGNS):
            raise Malformed("sign_of_the_notation")
    if len({text.casefold() for text in choices}) < len(choices):
        raise Malformed("entry_twice")
    if type(value.get("right")) is not int or not 0 <= value["right"] < len(choices):
        raise Malformed("one_right_entry")
