"""How the entries of a document lie in the cluster: one index for articles and passages, so that they change at once.

Terms come analysed (``entries``), so the cluster only splits them at spaces. The text of a passage has a field of its
own: BM25 counts by field, and passages are not to be weighed with articles.
"""

from collections.abc import Iterator
from typing import Any

from elasticsearch.dsl import Index, Keyword, Long, Mapping, Text, analyzer

from search.engines import entries
from search.engines.base import Document, Position
from search.engines.entries import Kind
from search.engines.plan import Road

TERMS = analyzer("terms", tokenizer="whitespace")

POSITION = "position"
"""The entry that says up to which change the index is true."""

GIVEN_BACK = ["article", "stamp", "ordinal"]
"""What is read of a hit; a title only where it is not known yet, since it costs most."""

REMEMBERED = "1h"
"""How long the cluster knows the version of an entry that was taken out, so that a late writer cannot bring it back."""


def field_of(road: Road, field: str) -> str:
    """The name in the cluster of a field of a road's entries."""
    return f"passage_{field}" if road == "passages" and field == "text" else field


def mapping() -> Mapping:
    """Every field of the index."""
    made = Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", excludes=["title", "headings", "text", "passage_text"])
    roads: tuple[tuple[Road, dict[str, Kind]], ...] = (
        ("articles", entries.ARTICLE),
        ("passages", entries.PASSAGE),
    )
    for road, fields in roads:
        for name, kind in fields.items():
            made.field(field_of(road, name), _field(kind))
    made.field("road", Keyword())
    made.field("readers", Keyword())
    made.field("passages", Long(index=False))
    made.field("epoch", Keyword(index=False))
    made.field("seq", Long(index=False))
    return made


def _field(kind: Kind) -> Any:
    match kind:
        case Kind.PLACED_TERMS:
            return Text(analyzer=TERMS, index_options="positions")
        case Kind.TERMS:
            return Text(analyzer=TERMS, index_options="freqs")
        case Kind.LABEL:
            return Keyword()
        case Kind.KEPT:
            return Keyword(index=False)
        case Kind.KEY:
            return Long()
        case Kind.NUMBER:
            return Long(index=False)


def index(name: str) -> Index:
    """The definition of an index called ``name``."""
    made = Index(name)
    made.settings(
        number_of_shards=1,  # scores of several shards are on different scales
        auto_expand_replicas="0-1",
        # A change becomes visible when its keeper says so, whole.
        refresh_interval="-1",
        gc_deletes=REMEMBERED,
    )
    made.analyzer(TERMS)
    made.mapping(mapping())
    return made


def article_id(article: int) -> str:
    """The name of an article's own entry."""
    return f"a{article}"


def passage_id(article: int, ordinal: int) -> str:
    """The name of a passage's entry."""
    return f"a{article}-{ordinal}"


def stored(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of ``document`` by name; its own comes last, when all passages are there."""
    number = 0
    for entry in entries.of_passages(document):
        yield passage_id(document.article, number), _stored("passages", entry)
        number += 1
    own = _stored("articles", entries.of_article(document))
    yield article_id(document.article), own | {"passages": number}


def _stored(road: Road, entry: entries.Entry) -> dict[str, Any]:
    named = {field_of(road, name): value for name, value in entry.items()}
    return named | {"road": road, "readers": readers_of(entry["audience"])}


def readers_of(audience: str) -> list[str]:
    """Who is admitted to ``audience``, one label for each: what the filter of a search compares."""
    kind, _, ids = audience.partition(":")
    return [f"team:{team_id}" for team_id in ids.split(",")] if kind == "teams" else [audience]


def stored_position(position: Position) -> dict[str, Any]:
    """The entry of the position."""
    return {"epoch": position.epoch, "seq": position.seq}
