"""The contract every search engine fulfils: documents in, candidates out. Pure.

An engine stores, filters and scores. Text analysis, query understanding and reranking are shared and stand
above it, and what is stored (``entries``) and asked (``plan``) is said once for all, so two engines differ in
speed and not in what they find. ``tests/search/contract`` holds every engine to what is written here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
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


class EngineTrouble(Exception):
    """The engine is away, too slow, or answers with something that is no answer."""


class NoTimeLeft(EngineTrouble):
    """The deadline was over before the engine was asked; nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article's text with an audience of its own; lines are paragraphs.

    ``anchors`` says for each paragraph where the page is entered to read it; empty: from the top.
    ``questions`` are the places of paragraphs that ask, each with where its answer ends.
    """

    audience: str
    text: str
    headings: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    questions: tuple[tuple[int, int], ...] = ()


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
    tag_names: tuple[str, ...] = ()
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
    """For whom, at which moment and in what part of the index a search is made.

    ``deadline``, on the monotonic clock, is when an answer is no longer of use; None: whoever asks can wait.
    """

    sight: Sight
    at: datetime
    filters: Filters = Filters()
    deadline: float | None = None


Source = Callable[[int], Iterable[Document]]
"""Every document of an article with a number above the given one, in the order of their numbers."""


class Session(Protocol):
    """One query's view of the index, narrowed to a scope from the start: nothing outside it is counted, cut or named.

    What it knows of words is the same throughout. Raises ``EngineTrouble`` where an engine can be away.
    """

    vocabulary: Words
    simplified: bool
    """Whether another engine has answered in the place of the one that was asked."""

    def weight_of(self, term: str) -> float:
        """The inverse frequency of ``term``."""

    def candidates(self, understood: Understood) -> list[Candidate]:
        """The articles that may answer, each with its scores; nothing outside the scope is among them."""

    def finds(self, term: str) -> bool:
        """Whether any text within the scope holds ``term``."""


class Searchable(Protocol):
    """What can be asked."""

    def session(self, scope: Scope) -> Session:
        """Open a view for one query. It, or the first question to it, raises ``IndexUnavailable``."""


class Index(Protocol):
    """What must be kept true: an index of articles that follows the numbered changes of the database.

    Every method raises ``IndexUnavailable`` where there is no index, and ``EngineTrouble`` if it cannot be reached.
    """

    name: str

    def position(self) -> Position:
        """Up to which change the index is true."""

    def turn(self) -> AbstractContextManager[bool]:
        """Be the one who follows the changes for the length of a block; False: another machine is at it.

        It only saves work: whoever changes the index without it does no harm.
        """

    def apply(
        self, *, documents: Sequence[Document], removed: Iterable[int], position: Position
    ) -> None:
        """Put documents in the place of older ones of the same articles, take out ``removed``.

        Readers see all of it once this returns. Safe to repeat, and to do on several machines at once: what is
        newer than ``position`` is left alone, and ``position`` is written last, so after a crash in the middle the
        same call makes the index true again.
        """

    def rebuild(
        self,
        documents: Source,
        *,
        position: Position,
        on_progress: Callable[[int], None] | None = None,
    ) -> int:
        """Build anew beside the present index and put it in its place at once; the number of articles.

        Until then, and if it fails, the present index answers and can be changed. Raises ``RebuildRunning`` if
        somebody is at it already.
        """

    def inventory(self) -> Iterator[tuple[int, Entry]]:
        """Every article in the index with what is held of it."""

    def expired(self, at: datetime) -> list[int]:
        """Articles whose time ran out by ``at`` and that may be taken out."""


class Engine(Index, Searchable, Protocol):
    """An index of articles that can be asked."""
