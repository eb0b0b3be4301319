"""One generation of the embedded index: its files, and snapshots of them that stay true while a query runs."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import tantivy

from search import analysis
from search.engines import dictionary, entries, schema
from search.engines.base import Entry, IndexUnavailable, Position
from search.engines.dictionary_view import Memory
from search.ranking import Title

TITLES_KEPT = 20_000
"""Titles a process keeps analysed, about a kilobyte each; beyond that it starts afresh."""

MEMORIES_KEPT = 8
"""Sets of audiences whose words a process remembers."""


class Generation:
    """The files of one generation, opened once per process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.articles = tantivy.Index.open(str(path / "articles"))
            self.passages = tantivy.Index.open(str(path / "passages"))
        except (ValueError, OSError) as error:
            raise IndexUnavailable(f"the index cannot be read: {error}") from error
        self.titles = TitleCache()
        self._local = threading.local()
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        for index in (self.articles, self.passages):
            index.config_reader("manual")

    @classmethod
    def create(cls, path: Path) -> "Generation":
        """Make the empty indexes of a new generation."""
        for name, made in (
            ("articles", schema.article_schema()),
            ("passages", schema.passage_schema()),
        ):
            (path / name).mkdir()
            tantivy.Index(made, path=str(path / name))
        return cls(path)

    def connection(self) -> sqlite3.Connection:
        """This thread's connection to the dictionary, for reading."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = dictionary.connect(self.path / "dictionary.sqlite3", read_only=True)
            self._local.connection = connection
        return connection

    def writable(self) -> sqlite3.Connection:
        """A connection of the caller's own, for changing."""
        return dictionary.connect(self.path / "dictionary.sqlite3", read_only=False)

    def made_by(self) -> str | None:
        """Which code built it."""
        try:
            return dictionary.get_meta(self.connection(), "made_by")
        except sqlite3.Error as error:
            raise IndexUnavailable(f"the dictionary cannot be read: {error}") from error

    def position(self) -> Position:
        """Up to which change the files are true."""
        return dictionary.get_position(self.connection())

    def snapshot(self) -> "Snapshot":
        """The newest state; the same object as long as nothing changed."""
        state = dictionary.get_meta(self.connection(), "state")
        snapshot = self._snapshot
        if snapshot is None or snapshot.state != state:
            with self._lock:
                snapshot = self._snapshot
                if snapshot is None or snapshot.state != state:
                    snapshot = self._snapshot = Snapshot(self, state)
        return snapshot


class TitleCache:
    """Analysed titles by article and stamp: reranking needs some hundred of them per query."""

    def __init__(self) -> None:
        self._titles: dict[tuple[int, int], Title] = {}

    def get(self, article: int, stamp: int) -> Title | None:
        """The analysed title, if it is at hand."""
        return self._titles.get((article, stamp))

    def put(self, article: int, stamp: int, text: str) -> Title:
        """Analyse a title and keep it."""
        if len(self._titles) >= TITLES_KEPT:
            self._titles = {}
        words = analysis.words(text)
        title = Title.of(words)
        self._titles[article, stamp] = title
        return title


class Snapshot:
    """Searchers and facts of one moment."""

    def __init__(self, generation: Generation, state: str | None) -> None:
        self.generation = generation
        self.state = state
        generation.articles.reload()
        generation.passages.reload()
        self.articles = generation.articles.searcher()
        self.passages = generation.passages.searcher()
        self.article_schema = generation.articles.schema
        self.passage_schema = generation.passages.schema
        self.total = self.articles.num_docs
        rows = generation.connection().execute("SELECT value FROM audience ORDER BY value")
        self.audiences: tuple[str, ...] = tuple(value for (value,) in rows)
        self.has_dated = self.articles.doc_freq("dated", "1") > 0
        self._memories: dict[tuple[str, ...], Memory] = {}

    def memory_of(self, audiences: tuple[str, ...]) -> Memory:
        """What the dictionary has said to viewers with these audiences since the index last changed."""
        memory = self._memories.get(audiences)
        if memory is None:
            if len(self._memories) >= MEMORIES_KEPT:
                self._memories = {}
            memory = self._memories[audiences] = Memory()
        return memory

    def title(
        self, article: int, stamp: int, searcher: tantivy.Searcher, address: tantivy.DocAddress
    ) -> Title:
        """The analysed title of an article; on a miss it is read from the entry at ``address``."""
        titles = self.generation.titles
        found = titles.get(article, stamp)
        if found is None:
            found = titles.put(article, stamp, searcher.doc(address).get_first("title_text") or "")
        return found

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Every article of the index with version, audiences and dates."""
        yield from self._entries(tantivy.Query.all_query())

    def expired(self, at: datetime) -> list[int]:
        """Articles whose time ran out by ``at``."""
        if not self.has_dated:
            return []
        dated = tantivy.Query.term_query(self.article_schema, "dated", "1")
        return [
            article
            for article, entry in self._entries(dated)
            if entry.valid_until is not None and entry.valid_until <= at
        ]

    def _entries(self, query: tantivy.Query) -> Iterator[tuple[int, Entry]]:
        limit = max(1, self.total)
        hits: Sequence = self.articles.search(query, limit, count=False).hits
        addresses = [address for _, address in hits]
        facts = (
            self.articles.fast_field_values(name, addresses)
            for name in ("article", "valid_from", "valid_until")
        )
        for address, article, valid_from, valid_until in zip(addresses, *facts, strict=True):
            stored = self.articles.doc(address)
            yield (
                int(article),
                Entry(
                    version=stored.get_first("version") or "",
                    audiences=tuple(filter(None, (stored.get_first("audiences") or "").split(";"))),
                    valid_from=entries.moment(valid_from),
                    valid_until=entries.moment(valid_until),
                ),
            )
