"""The embedded engine's dictionary: which words occur, for whom, and how to find near ones. On local disk.

An SQLite file beside the index, shared by all processes through the page cache: no word list lives in any
process. It also holds the sequence number up to which the index is true, because its transaction is the
last step of a change.
"""

import json
import sqlite3
import uuid
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search import analysis, spelling, transliteration
from search.engines.base import Document, Position

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (id INTEGER PRIMARY KEY, contribution BLOB NOT NULL);
CREATE TABLE audience (value TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE word (
    text TEXT, audience TEXT, articles INTEGER NOT NULL, titles INTEGER NOT NULL,
    PRIMARY KEY (text, audience)
) WITHOUT ROWID;
CREATE TABLE term (
    text TEXT, audience TEXT, articles INTEGER NOT NULL, PRIMARY KEY (text, audience)
) WITHOUT ROWID;
CREATE TABLE near (key INTEGER, text TEXT, PRIMARY KEY (key, text)) WITHOUT ROWID;
CREATE TABLE sound (key INTEGER, sound TEXT, text TEXT, PRIMARY KEY (key, text)) WITHOUT ROWID;
"""
AFTER_LOAD = "CREATE INDEX title_word ON word (text) WHERE titles > 0"

FREQUENT = 2
"""A word of no title is a correction only if it occurs in so many articles: the others are often slips."""

SHORTEST = 3
"""Shorter words are not met by their sound."""

LONG_SOUND = 6
"""Keys of at least this length are also found with one letter wrong."""


@dataclass(slots=True)
class Contribution:
    """What one article adds to the counts: for each audience its words, and which of them are in the title."""

    words: dict[str, set[str]]
    title: set[str]
    title_audience: str

    @classmethod
    def of(cls, document: Document) -> "Contribution":
        """Collect the words of ``document`` by audience; a word counts once per audience."""
        title = set(analysis.words(document.title))
        words: dict[str, set[str]] = {document.audience: set(title)}
        for part in document.parts:
            found = words.setdefault(part.audience, set())
            found.update(analysis.words(part.text))
            for heading in part.headings:
                found.update(analysis.words(heading))
        return cls(words, title, document.audience)

    def pack(self) -> bytes:
        """As bytes for the article's row."""
        plain = {
            "words": {audience: sorted(words) for audience, words in self.words.items()},
            "title": sorted(self.title),
            "title_audience": self.title_audience,
        }
        return zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 3)

    @classmethod
    def unpack(cls, packed: bytes) -> "Contribution":
        """The reverse of ``pack``."""
        plain = json.loads(zlib.decompress(packed))
        words = {audience: set(words) for audience, words in plain["words"].items()}
        return cls(words, set(plain["title"]), plain["title_audience"])


class Counts:
    """Changes of the counts, gathered before they are written."""

    def __init__(self) -> None:
        self.words: Counter[tuple[str, str]] = Counter()
        self.titles: Counter[tuple[str, str]] = Counter()
        self.terms: Counter[tuple[str, str]] = Counter()
        self.audiences: Counter[str] = Counter()

    def add(self, contribution: Contribution, sign: int = 1) -> None:
        """Count ``contribution`` in, or with ``sign`` -1 out again."""
        for audience, words in contribution.words.items():
            self.audiences[audience] += sign
            for word in words:
                self.words[word, audience] += sign
            for term in {analysis.term(word) for word in words}:
                self.terms[term, audience] += sign
        for word in contribution.title:
            self.titles[word, contribution.title_audience] += sign


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a dictionary; a reader's cache is small, since the pages are shared by the system."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA cache_size = -1000")
    connection.execute("PRAGMA mmap_size = 268435456")
    connection.execute("PRAGMA synchronous = NORMAL")
    if read_only:
        connection.execute("PRAGMA query_only = 1")
    return connection


def create(path: Path) -> sqlite3.Connection:
    """Make an empty dictionary at ``path`` and return the connection to fill it."""
    connection = connect(path, read_only=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def get_meta(connection: sqlite3.Connection, name: str) -> str | None:
    """A stored fact about the index, or None."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_meta(connection: sqlite3.Connection, name: str, value: object) -> None:
    """Store a fact about the index."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(value)))


def get_position(connection: sqlite3.Connection) -> Position:
    """Up to which change the index is true."""
    return Position(get_meta(connection, "epoch") or "", int(get_meta(connection, "seq") or 0))


def set_position(connection: sqlite3.Connection, position: Position) -> None:
    """Note the position and a new state, by which readers see that something changed."""
    set_meta(connection, "epoch", position.epoch)
    set_meta(connection, "seq", position.seq)
    set_meta(connection, "state", uuid.uuid4().hex)


def replace(
    connection: sqlite3.Connection, contributions: Mapping[int, Contribution | None]
) -> None:
    """Put each article's contribution in the place of its former one; None takes the article out."""
    counts = Counts()
    for article, contribution in contributions.items():
        row = connection.execute(
            "SELECT contribution FROM article WHERE id = ?", (article,)
        ).fetchone()
        if row:
            counts.add(Contribution.unpack(row[0]), -1)
        if contribution is None:
            connection.execute("DELETE FROM article WHERE id = ?", (article,))
        else:
            counts.add(contribution)
            store_contribution(connection, article, contribution)
    write_counts(connection, counts)


def store_contribution(
    connection: sqlite3.Connection, article: int, contribution: Contribution
) -> None:
    """Keep what the article adds, so that it can be taken out again."""
    connection.execute(
        "INSERT OR REPLACE INTO article VALUES (?, ?)", (article, contribution.pack())
    )


def write_counts(connection: sqlite3.Connection, counts: Counts) -> None:
    """Add the gathered changes to the stored counts and file new words for finding near ones."""
    connection.executemany(
        "INSERT INTO audience VALUES (?, ?)"
        " ON CONFLICT (value) DO UPDATE SET articles = articles + excluded.articles",
        [(value, change) for value, change in counts.audiences.items() if change],
    )
    changed = {key for key, change in counts.words.items() if change}
    changed |= {key for key, change in counts.titles.items() if change}
    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?, ?) ON CONFLICT (text, audience) DO UPDATE"
        " SET articles = articles + excluded.articles, titles = titles + excluded.titles",
        sorted((*key, counts.words[key], counts.titles[key]) for key in changed),
    )
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?) ON CONFLICT (text, audience) DO UPDATE"
        " SET articles = articles + excluded.articles",
        sorted((*key, change) for key, change in counts.terms.items() if change),
    )
    gone = [key for key in changed if counts.words[key] < 0]
    connection.executemany(
        "DELETE FROM word WHERE text = ? AND audience = ? AND articles <= 0", gone
    )
    connection.executemany(
        "DELETE FROM term WHERE text = ? AND audience = ? AND articles <= 0",
        [key for key, change in counts.terms.items() if change < 0],
    )
    connection.execute("DELETE FROM audience WHERE articles <= 0")
    _file_words(connection, {key[0] for key in changed if counts.words[key] >= 0})


def _file_words(connection: sqlite3.Connection, words: Iterable[str]) -> None:
    """File words under the keys by which a slip or a transliteration meets them; filing twice is harmless."""
    words = [word for word in words if not word.isdigit() and not analysis.is_compound(word)]
    rows = connection.execute(
        "SELECT text FROM word WHERE text IN (SELECT value FROM json_each(?))"
        " GROUP BY text HAVING sum(articles) >= ? OR sum(titles) > 0",
        (json.dumps([word for word in words if spelling.may_be_corrected(word)]), FREQUENT),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO near VALUES (?, ?)",
        sorted((key, word) for (word,) in rows.fetchall() for key in spelling.keys(word)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO sound VALUES (?, ?, ?)",
        sorted(row for word in words for row in _sound_rows(word)),
    )


def _sound_rows(word: str) -> list[tuple[int, str, str]]:
    """The keys of a word by sound; only Russian ones are filed under their slips too."""
    if len(word) < SHORTEST:
        return []
    if analysis.CYRILLIC.search(word):
        sound = transliteration.key_of_russian(word)
        keys = spelling.keys(sound) if len(sound) >= LONG_SOUND else {spelling.key(sound)}
        return [(key, sound, word) for key in keys]
    if analysis.LATIN.search(word):
        sounds = transliteration.keys_of_latin(word)
        return [(spelling.key(sound), sound, word) for sound in sounds]
    return []
