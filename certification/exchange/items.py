"""The words in which questions travel: an item, and what a file gave. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_ITEMS = 10_000
LONGEST_TEXT = 2000
LONGEST_EXPLANATION = 1000
LONGEST_ID = 200
MOST_TAGS = 50


@dataclass(frozen=True)
class Item:
    """A question on its way: ``kind`` and ``body`` as ``certification.kinds`` know them, texts without mark-up."""

    kind: str
    body: Mapping[str, Any]
    text: str
    key: str = ""
    """By which the next import knows it; never shown."""
    name: str = ""
    explanation: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What only Opora says of a question: competence, level, article."""


@dataclass(frozen=True)
class Read:
    """An item, the line it begins on, and what was lost on the way."""

    line: int
    item: Item
    losses: tuple[str, ...] = ()
    file: str = ""
    lacks_rubric: bool = False
    """An open question whose rubric the file does not have: one that somebody wrote here stays."""


@dataclass(frozen=True)
class Problem:
    """Why the question on ``line`` cannot come, in words."""

    line: int
    reason: str
    file: str = ""


@dataclass
class Reading:
    """What a file gave, in its order."""

    read: list[Read] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


class Unsuitable(ValueError):
    """One question cannot be represented; the text says why. The others are not concerned."""


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text says why. Nothing of it comes in."""
