"""The embedded engine: tantivy on local disk, with the dictionary beside it.

Layout under the root: ``current`` names the generation in use; each generation is a directory with the
article index, the passage index and the dictionary. A rebuild fills a new generation and renames ``current``;
readers notice by its stamp. Only one process writes at a time, behind a file lock.
"""

import os
import shutil
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import tantivy

from search import analysis
from search.engines import dictionary, entries, schema
from search.engines.base import (
    Document,
    Entry,
    IndexUnavailable,
    Position,
    RebuildRunning,
    Scope,
    Source,
)
from search.engines.filelock import FileLock, LockHeld
from search.engines.generation import Generation
from search.engines.session import EmbeddedSession

BUILDING_MEMORY, CHANGING_MEMORY = 60_000_000, 16_000_000
"""What a writer may use: much while everything is built, little inside a web process."""
MADE_BY = f"{entries.FORMAT}.{analysis.VERSION}"


class EmbeddedEngine:
    """An ``Engine`` on a directory of this machine."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._stamp: tuple[int, int] | None = None

    # Reading

    def position(self) -> Position:
        """Up to which change the index is true."""
        return self._current().position()

    def session(self, scope: Scope) -> EmbeddedSession:
        """A view of the newest state for one query."""
        try:
            return EmbeddedSession(self._current().snapshot(), scope)
        except (IndexUnavailable, sqlite3.Error, OSError, ValueError):
            # A rebuild in another process may have put the files away between two of our steps.
            self._stamp = None
        try:
            return EmbeddedSession(self._current().snapshot(), scope)
        except (sqlite3.Error, OSError, ValueError) as error:
            raise IndexUnavailable(f"the index cannot be read: {error}") from error

    def inventory(self) -> Iterator[tuple[int, Entry]]:
        """Every article with version, audiences and dates, read from the index itself."""
        return self._current().snapshot().entries()

    def expired(self, at: datetime) -> list[int]:
        """Articles whose time ran out by ``at``."""
        return self._current().snapshot().expired(at)

    def _current(self) -> Generation:
        pointer = self.root / "current"
        try:
            status = pointer.stat()
        except FileNotFoundError:
            raise IndexUnavailable("the index was never built") from None
        stamp = (status.st_mtime_ns, status.st_ino)
        generation = self._generation
        if generation is None or stamp != self._stamp:
            with self._lock:
                generation = self._generation
                if generation is None or stamp != self._stamp:
                    generation = self._generation = self._open(pointer.read_text().strip())
                    self._stamp = stamp
        return generation

    def _open(self, name: str) -> Generation:
        generation = Generation(self.root / name)
        if generation.made_by() != MADE_BY:
            raise IndexUnavailable("the index was built by another version and must be rebuilt")
        return generation

    # Writing

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Always: this machine has one keeper, and nobody else has this index."""
        yield True

    def apply(
        self, *, documents: Sequence[Document], removed: Iterable[int], position: Position
    ) -> None:
        """Change the index in place; the position is written last, so a repeat mends a crash."""
        with self._writing():
            generation = self._current()
            gone = set(removed) | {document.article for document in documents}
            for index, entries_of in (
                (generation.articles, lambda document: [entries.of_article(document)]),
                (generation.passages, entries.of_passages),
            ):
                if gone:
                    _change(index, gone, documents, entries_of)
            contributions: dict[int, dictionary.Contribution | None] = dict.fromkeys(gone)
            for document in documents:
                contributions[document.article] = dictionary.Contribution.of(document)
            connection = generation.writable()
            try:
                with dictionary.transaction(connection):
                    dictionary.replace(connection, contributions)
                    dictionary.set_position(connection, position)
            finally:
                connection.close()

    def rebuild(
        self,
        documents: Source,
        *,
        position: Position,
        on_progress: Callable[[int], None] | None = None,
    ) -> int:
        """Fill a new generation and switch to it; readers and the keeper go on with the old one meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._rebuilding():
            name = f"generation-{uuid.uuid4().hex[:12]}"
            path = self.root / name
            try:
                number = _fill(path, documents(0), position, on_progress)
            except BaseException:
                _discard(path)
                raise
            with self._writing():
                self._point_to(name)
            self._remove_others(name)
            return number

    @contextmanager
    def _rebuilding(self) -> Iterator[None]:
        try:
            handle = FileLock(self.root / "rebuild.lock").acquire(wait=False)
        except LockHeld:
            raise RebuildRunning("the index is being rebuilt already") from None
        try:
            yield
        finally:
            FileLock.release(handle)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with FileLock(self.root / "write.lock").hold(wait=True):
            yield

    def _point_to(self, name: str) -> None:
        fresh = self.root / f"current.{uuid.uuid4().hex[:8]}"
        with fresh.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.root / "current")

    def _remove_others(self, name: str) -> None:
        """Remove all but the present generation; whoever still reads an old one keeps its open files."""
        for path in self.root.glob("generation-*"):
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)


def _change(
    index: tantivy.Index,
    gone: set[int],
    documents: Sequence[Document],
    entries_of: Callable[[Document], Iterable[entries.Entry]],
) -> None:
    writer = index.writer(CHANGING_MEMORY, 1)
    for article in gone:
        writer.delete_documents_by_term("article", article)
    for document in documents:
        for entry in entries_of(document):
            writer.add_document(schema.stored(entry))
    writer.commit()
    writer.wait_merging_threads()


def _fill(
    path: Path,
    documents: Iterable[Document],
    position: Position,
    on_progress: Callable[[int], None] | None,
) -> int:
    path.mkdir(parents=True)
    generation = Generation.create(path)
    articles = generation.articles.writer(BUILDING_MEMORY, 1)
    passages = generation.passages.writer(BUILDING_MEMORY, 1)
    connection = dictionary.create(path / "dictionary.sqlite3")
    counts = dictionary.Counts()
    number = 0
    try:
        connection.execute("BEGIN")
        for document in documents:
            articles.add_document(schema.stored(entries.of_article(document)))
            for entry in entries.of_passages(document):
                passages.add_document(schema.stored(entry))
            contribution = dictionary.Contribution.of(document)
            counts.add(contribution)
            dictionary.store_contribution(connection, document.article, contribution)
            number += 1
            if on_progress:
                on_progress(number)
        for writer in (articles, passages):
            writer.commit()
            writer.wait_merging_threads()
        dictionary.write_counts(connection, counts)
        connection.execute(dictionary.AFTER_LOAD)
        dictionary.set_position(connection, position)
        dictionary.set_meta(connection, "made_by", MADE_BY)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return number


def _discard(path: Path) -> None:
    """Remove a generation that nobody reads; its merging threads may still write for a moment."""
    for _attempt in range(40):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
        time.sleep(0.05)
