"""What every kind of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

Body = Mapping[str, Any]
Keys = Mapping[str, Any]

LONGEST_TEXT = 500
MOST_PARTS = 20
RIGHT = Fraction(1)
WRONG = Fraction(0)


class Malformed(ValueError):
    """A question cannot be like this: a code, and the line of its notation where there is one."""

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code if line is None else f"{code} (line {line})")
        self.code = code
        self.line = line


class NotAnAnswer(ValueError):
    """What came is no answer to this question: an unknown choice, too much of it, the wrong form."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Presented:
    """How a question was laid out once: ``shown`` may leave the server, ``keys`` may not."""

    shown: Mapping[str, Any] = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)


class Kind(ABC):
    """A kind of question. ``given`` is what the person answered: a sequence of texts, empty for nothing."""

    name: ClassVar[str]
    # No program can judge an answer: an assessor does.
    assessed: ClassVar[bool] = False

    @abstractmethod
    def parse(self, notation: str) -> dict[str, Any]:
        """The body that an author's notation stands for. Raises Malformed."""

    @abstractmethod
    def write(self, body: Body) -> str:
        """The notation of ``body``, such that parsing it gives the same body."""

    @abstractmethod
    def validate(self, body: Body) -> None:
        """Raise Malformed for a body that no question of this kind can have."""

    @abstractmethod
    def present(self, body: Body, rng: Random) -> Presented:
        """Lay the question out for one person, in an order drawn from ``rng``."""

    @abstractmethod
    def read(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        """``given`` in the form that is kept. Raises NotAnAnswer."""

    @abstractmethod
    def score(self, body: Body, keys: Keys, given: Sequence[str]) -> Fraction:
        """What an answer is worth, from 0 to 1."""

    @abstractmethod
    def told(self, body: Body, keys: Keys, given: Sequence[str]) -> list[str]:
        """An answer in words, for the person's own result."""

    def options(self, body: Body) -> list[tuple[str, bool]]:
        """The choices that answers can be counted by, as ``told`` names them, and whether each is right.

        None of them where an answer is no choice among a few.
        """
        return []

    @abstractmethod
    def expected(self, body: Body) -> list[str]:
        """What is right in words; may leave the server only when the review rule allows it."""


def lines_of(notation: str) -> list[tuple[int, str]]:
    """The written lines of a notation with their numbers."""
    numbered = enumerate(notation.splitlines(), start=1)
    return [(number, line.strip()) for number, line in numbered if line.strip()]


def one_text(given: Sequence[str], *, longest: int = LONGEST_TEXT, code: str = "too_long") -> str:
    """The one text of an answer that is a text; ``code`` is why not, if it is too long. Raises NotAnAnswer."""
    if len(given) > 1:
        raise NotAnAnswer("one_answer")
    text = given[0] if given else ""
    if not isinstance(text, str):
        raise NotAnAnswer("not_a_text")
    if len(text) > longest:
        raise NotAnAnswer(code)
    return text.strip()
