"""Writing: an answer in one's own words, which no program judges: an assessor does, by the rubric of the question.

Body: ``{"criteria": [{"text": "…", "points": 2, "anchors": [{"points": 2, "text": "…"}, …]}], "model": "…"}``.
Notation: a line for each criterion with its points, ``# Asks who is calling: 2``; below it what earns how much, the
full points at least, ``2 = asks for the code word``; after a line ``---`` the model answer.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from certification.kinds.base import (
    WRONG,
    Body,
    Keys,
    Kind,
    Malformed,
    Presented,
    one_text,
)

CRITERION = re.compile(r"#\s*(\S.*?)\s*:\s*(\d{1,2})")
ANCHOR = re.compile(r"(\d{1,2})\s*=\s*(\S.*)")
RULE = "---"

MOST_CRITERIA = 6
MOST_POINTS = 5
LONGEST_CRITERION = 200
LONGEST_ANCHOR = 300
LONGEST_MODEL = 4000
LONGEST_ANSWER = 4000


class Open(Kind):
    """A few sentences, a letter, a plan of what one would do."""

    name = "open"
    assessed = True

    def parse(self, notation: str) -> dict[str, Any]:
        lines = [line.strip() for line in notation.splitlines()]
        end = lines.index(RULE) if RULE in lines else len(lines)
        criteria: list[dict[str, Any]] = []
        for number, line in enumerate(lines[:end], start=1):
            if not line:
                continue
            if match := CRITERION.fullmatch(line):
                criteria.append({"text": match[1], "points": int(match[2]), "anchors": []})
            elif criteria and (match := ANCHOR.fullmatch(line)):
                criteria[-1]["anchors"].append({"points": int(match[1]), "text": match[2]})
            else:
                raise Malformed("criterion_or_anchor", number)
        for criterion in criteria:
            criterion["anchors"].sort(key=lambda anchor: -anchor["points"])
        body = {"criteria": criteria, "model": "\n".join(lines[end + 1 :]).strip()}
        self.validate(body)
        return body

    def write(self, body: Body) -> str:
        lines = []
        for criterion in body["criteria"]:
            lines.append(f"# {criterion['text']}: {criterion['points']}")
            lines += [f"{anchor['points']} = {anchor['text']}" for anchor in criterion["anchors"]]
        return "\n".join([*lines, RULE, body["model"]])

    def validate(self, body: Body) -> None:
        criteria = body.get("criteria")
        if not isinstance(criteria, list) or not 1 <= len(criteria) <= MOST_CRITERIA:
            raise Malformed("one_to_six_criteria")
        seen = set()
        for number, criterion in enumerate(criteria, start=1):
            text = criterion.get("text") if isinstance(criterion, dict) else None
            if not _is_line(text, LONGEST_CRITERION):
                raise Malformed("criterion_without_text", number)
            points = criterion.get("points")
            if type(points) is not int or not 1 <= points <= MOST_POINTS:
                raise Malformed("one_to_five_points", number)
            _validate_anchors(criterion.get("anchors"), points, number)
            if text.casefold() in seen:
                raise Malformed("criterion_twice", number)
            seen.add(text.casefold())
        model = body.get("model")
        if not isinstance(model, str) or not model.strip() or len(model) > LONGEST_MODEL:
            raise Malformed("a_model_answer")

    def present(self, body: Body, rng: Random) -> Presented:
        return Presented()

    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        # Browsers send two signs for each line break.
        unbroken = [one.replace("\r\n", "\n") if isinstance(one, str) else one for one in given]
        text = one_text(unbroken, longest=LONGEST_ANSWER, code="longer_than_two_pages")
        return [text] if text else []

    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        """Nothing, as long as nobody has assessed it: ``certification.rules.rubrics`` says what it is worth then."""
        return WRONG

    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        return list(given)

    def expected(self, body: Body) -> list[str]:
        return [body["model"]]


def _is_line(text: Any, longest: int) -> bool:
    """Whether it is a text of one line, neither empty nor too long."""
    return isinstance(text, str) and len(text) <= longest and text.splitlines() == [text.strip()]


def _validate_anchors(anchors: Any, points: int, number: int) -> None:
    if not isinstance(anchors, list) or not anchors:
        raise Malformed("an_anchor_for_full_points", number)
    for anchor in anchors:
        if not isinstance(anchor, dict) or not _is_line(anchor.get("text"), LONGEST_ANCHOR):
            raise Malformed("anchor_without_text", number)
        if type(anchor.get("points")) is not int or not 0 <= anchor["points"] <= points:
            raise Malformed("anchor_beyond_points", number)
    worths = [anchor["points"] for anchor in anchors]
    if worths != sorted(set(worths), reverse=True):
        raise Malformed("anchor_twice", number)
    if worths[0] != points:
        raise Malformed("an_anchor_for_full_points", number)
