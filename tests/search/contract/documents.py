"""What the tests of engines share: small documents, and ways to ask an engine."""

import datetime

from search.audience import EVERYTHING, PUBLIC, Sight
from search.engines.base import Document, Filters, Part, Position, Scope
from search.understanding import understand

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
START = Position("database", 1)


def document(article: int, title: str, text: str = "", **fields) -> Document:
    """A document with one part."""
    audience = fields.setdefault("audience", PUBLIC)
    fields.setdefault("parts", (Part(audience, text),))
    fields.setdefault("language", "ru")
    fields.setdefault("version", f"{article}-1")
    return Document(article=article, title=title, **fields)


def rebuild(engine, *documents: Document, position: Position = START) -> int:
    """Build the index from ``documents``."""
    return engine.rebuild(
        lambda after: (d for d in documents if d.article > after), position=position
    )


def change(engine, *documents: Document, removed=(), seq: int) -> None:
    """Apply change number ``seq``."""
    engine.apply(documents=documents, removed=removed, position=Position("database", seq))


def ask(engine, query: str, sight: Sight = EVERYTHING, at=NOON, **filters) -> list[int]:
    """The articles the engine proposes, in the order of their numbers."""
    session = engine.session(Scope(sight, at, Filters(**filters)))
    candidates = session.candidates(understand(query, session.vocabulary))
    return sorted(candidate.article for candidate in candidates)


def knows(engine, word: str, sight: Sight = EVERYTHING) -> bool:
    """Whether the vocabulary of a viewer holds ``word``."""
    return word in engine.session(Scope(sight, NOON)).vocabulary.counts([word])
