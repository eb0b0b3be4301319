"""Marking the mistake in a transcript.

Body: ``{"lines": [{"text": "…", "wrong": true}, …]}``. Notation: the transcript line by line, ``!`` before each
line in which the mistake is made.
"""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    LONGEST_TEXT,
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

MOST_LINES = 60
SIGN = "!"


class MarkMistake(Kind):
    """The lines of a conversation as they were said; all mistakes are marked and nothing else, or it is wrong."""

    name = "mark"

    def parse(self, notation: str) -> dict[str, Any]:
        lines = [
            {"text": line.removeprefix(SIGN).strip(), "wrong": line.startswith(SIGN)}
            for _number, line in lines_of(notation)
        ]
        body = {"lines": lines}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        return "\n".join(
            f"{SIGN} {line['text']}" if line["wrong"] else line["text"] for line in body["lines"]
        )

    def validate(self, body: Body) -> None:
        lines = body.get("lines")
        if not isinstance(lines, list) or not 2 <= len(lines) <= MOST_LINES:
            raise Malformed("two_to_sixty_lines")
        for number, line in enumerate(lines, start=1):
            text = line.get("text") if isinstance(line, dict) else None
            if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
                raise Malformed("line_without_text", number)
            if text.startswith(SIGN) or not isinstance(line.get("wrong"), bool):
                raise Malformed("line_with_a_sign", number)
        if not 0 < sum(line["wrong"] for line in lines) < len(lines):
            raise Malformed("a_mistake_and_a_right_line")

    def present(self, body: Body, rng: Random) -> Presented:
        numbered = enumerate(body["lines"], start=1)
        return Presented(
            shown={
                "choices": [{"key": str(place), "text": line["text"]} for place, line in numbered]
            }
        )

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        places = {str(place) for place in range(1, len(body["lines"]) + 1)}
        if not all(isinstance(key, str) and key in places for key in given):
            raise NotAnAnswer("unknown_choice")
        return sorted(set(given), key=int)

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        wrong = {str(place) for place, line in enumerate(body["lines"], start=1) if line["wrong"]}
        return RIGHT if set(given) == wrong else WRONG

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return [body["lines"][int(key) - 1]["text"] for key in given]

    def expected(self, body: Body) -> list[str]:
        return [line["text"] for line in body["lines"] if line["wrong"]]
