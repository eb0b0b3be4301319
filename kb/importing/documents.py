"""What a reader gives: documents, and what could not be read, each with the place it came from. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

MAX_LINE = 4 * 2**20
"""Bytes of one line of a JSONL file, or of one file of a folder."""

MAX_UNPACKED = 2 * 2**30
"""Bytes of a whole file once unpacked."""

MAX_DOCUMENTS = 500_000


class SourceUnreadable(Exception):
    """Nothing can be read from this path; the message is one sentence that says why and what to do."""


class RowRefused(Exception):
    """This document cannot be taken; the message says why. The others can."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one document that the person who imports must know."""

    line: int
    reason: str
    file: str = ""

    def as_json(self) -> dict[str, Any]:
        """As ``--json`` prints it."""
        named = {"file": self.file} if self.file else {}
        return {"line": self.line, **named, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One article as its source has it. ``line`` is the row of a file, or the number in a folder."""

    line: int
    source_id: str
    title: str
    body: str
    file: str = ""
    body_format: str = "text"
    headings: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    language: str | None = None
    kind: str | None = None
    risk: str | None = None
    audience: str | None = None
    answer: str | None = None
    pair: str | None = None
    tags: tuple[str, ...] = ()
    owner: str | None = None
    review_days: int | None = None
    source_url: str = ""
    licence: str = ""
    attribution: str = ""
    # Where it stands at its source, for links between documents: what the paths are relative to, and the path.
    collection: str = ""
    path: str = ""
    notes: tuple[str, ...] = ()
    # A made-up scheme under which a reader hands over pictures it took out of the file.
    picture_scheme: str | None = None
    read_picture: Callable[[str], bytes] | None = field(default=None, compare=False, repr=False)


class DocumentSource(Protocol):
    """Documents that can be read more than once, in the same order, without holding them in memory."""

    def __iter__(self) -> Iterator[SourceDocument | Problem]:
        """Every document, and a Problem where one cannot be taken. Raises SourceUnreadable."""
        ...
