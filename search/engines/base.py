"""The contract every search engine fulfils: documents in, candidates out. Pure.

An engine stores, filters and scores. Text analysis, query understanding and reranking are shared and stand
above it, so two engines differ in speed and not in what they find.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from search.audience import Sight
from search.ranking import Candidate
from search.understanding import Understood
from search.vocabulary import Words


class IndexUnavailable(Exception):
    """There is no index to search in: never built, or built by another version of the analysis."""


class RebuildRunning(Exception):
    """Another process is building the index already."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article's text with an audience of its own; lines are paragraphs."""

    audience: str
    text: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is indexed. ``version`` says which text this is; equal versions, equal documents."""

    article: int
    version: str
    title: str
    audience: str
    parts: tuple[Part, ...]
    language: str
    kind: str = ""
    section_names: tuple[str, ...] = ()
    section_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    translation_group: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    @property
    def audiences(self) -> tuple[str, ...]:
        """Every audience that something of this article has."""
        return tuple(sorted({self.audience, *(part.audience for part in self.parts)}))


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of an article, for comparing it with the database."""

    version: str
    audiences: tuple[str, ...]
    valid_from: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index is true: up to change ``seq`` of the database that calls itself ``epoch``."""

    epoch: str
    seq: int


@dataclass(frozen=True, slots=True)
class Filters:
    """How the reader narrowed the search; an empty value narrows nothing."""

    section_id: int | None = None
    tag_id: int | None = None
    language: str = ""
    kind: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom, at which moment and in what part of the index a search is made."""

    sight: Sight
    at: datetime
    filters: Filters = Filters()


class Session(Protocol):
    """One view of the index, unchanging while a query is answered, already narrowed to a scope."""

    vocabulary: Words

    def weight_of(self, term: str) -> float:
        """The inverse frequency of ``term``."""

    def candidates(self, understood: Understood) -> list[Candidate]:
        """The articles that may answer, each with its scores; nothing outside the scope is among them."""

    def finds(self, term: str) -> bool:
        """Whether any text within the scope holds ``term``."""


class Engine(Protocol):
    """An index of articles."""

    name: str

    def position(self) -> Position:
        """Up to which change the index is true. Raises ``IndexUnavailable``."""

    def apply(
        self, *, documents: Sequence[Document], removed: Iterable[int], position: Position
    ) -> None:
        """Put documents in the place of older ones of the same articles, take out ``removed``.

        Safe to repeat: ``position`` is written last, so after a crash in the middle the same call makes
        the index true again. Raises ``IndexUnavailable``.
        """

    def rebuild(
        self,
        documents: Iterable[Document],
        *,
        position: Position,
        on_progress: Callable[[int], None] | None = None,
    ) -> int:
        """Build anew beside the present index and put it in its place; returns the number of articles.

        Raises ``RebuildRunning`` if somebody is at it already.
        """

    def inventory(self) -> Iterator[tuple[int, Entry]]:
        """Every article in the index with what is held of it."""

    def expired(self, at: datetime) -> list[int]:
        """Articles whose time ran out by ``at`` and that may be taken out."""

    def session(self, scope: Scope) -> Session:
        """Open a view for one query. Raises ``IndexUnavailable``."""
