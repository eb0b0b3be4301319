"""The tantivy schemas of the embedded engine and how a document becomes their entries."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import tantivy

from search import analysis, passages
from search.engines.base import Document

FORMAT = 7
"""Changes whenever the same document would be stored otherwise; an index of another format is rebuilt."""

TITLE_REPEATED, HEADINGS_REPEATED = 6, 2
"""How often title and headings stand in the combined text that BM25 scores."""

BOUNDARY = ["|"]
"""Stands between title and text, so that no phrase reaches from one into the other."""

FOREVER = 2**62


def _with_common_fields(builder: tantivy.SchemaBuilder) -> tantivy.SchemaBuilder:
    builder.add_integer_field("article", indexed=True, fast=True)
    builder.add_integer_field("stamp", fast=True)
    builder.add_text_field("title_text", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("audience", "language", "kind", "section", "tag", "dated"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("valid_from", indexed=True, fast=True)
    builder.add_integer_field("valid_until", indexed=True, fast=True)
    return builder


def article_schema() -> tantivy.Schema:
    """One entry per article: title, headings, and both with the whole text."""
    builder = _with_common_fields(tantivy.SchemaBuilder())
    builder.add_text_field("version", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audiences", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("headings", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def passage_schema() -> tantivy.Schema:
    """One entry per passage, with the title in front of it."""
    builder = _with_common_fields(tantivy.SchemaBuilder())
    builder.add_integer_field("ordinal", fast=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def stamp(document: Document) -> int:
    """A number that changes with the version: by it a reader's process knows whether a title is still right."""
    return zlib.crc32(f"{document.version}\0{document.title}".encode())


def seconds(moment: datetime | None, default: int) -> int:
    """A moment as the index compares it."""
    return default if moment is None else int(moment.timestamp())


def moment(value: int | None) -> datetime | None:
    """The reverse of ``seconds``; the ends of time are None."""
    return None if value is None or value in (0, FOREVER) else datetime.fromtimestamp(value, UTC)


def _entry(document: Document, audience: str) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_integer("article", document.article)
    entry.add_integer("stamp", stamp(document))
    entry.add_text("title_text", document.title)
    entry.add_text("audience", audience)
    entry.add_text("language", document.language)
    entry.add_text("kind", document.kind)
    for section_id in document.section_ids:
        entry.add_text("section", str(section_id))
    for tag_id in document.tag_ids:
        entry.add_text("tag", str(tag_id))
    entry.add_integer("valid_from", seconds(document.valid_from, 0))
    entry.add_integer("valid_until", seconds(document.valid_until, FOREVER))
    if document.valid_from is not None or document.valid_until is not None:
        entry.add_text("dated", "1")
    return entry


def article_entry(document: Document) -> tantivy.Document:
    """The article's own entry: only what everybody who may see the article may see of it."""
    own = [part for part in document.parts if part.audience == document.audience]
    headings = [heading for part in own for heading in part.headings]
    title_terms = analysis.terms(document.title)
    heading_terms = analysis.terms("\n".join(headings))
    section_terms = analysis.terms("\n".join(document.section_names))
    combined = title_terms * TITLE_REPEATED + heading_terms * HEADINGS_REPEATED + section_terms
    for part in own:
        combined += BOUNDARY + analysis.terms(part.text)
    entry = _entry(document, document.audience)
    entry.add_text("version", document.version)
    entry.add_text("audiences", ";".join(document.audiences))
    entry.add_text("title", " ".join(title_terms))
    entry.add_text("headings", " ".join(heading_terms + section_terms))
    entry.add_text("text", " ".join(combined))
    return entry


def passage_entries(document: Document) -> Iterator[tantivy.Document]:
    """The article's passages, each with the audience of its part."""
    title_terms = analysis.terms(document.title)
    cut = passages.of_parts(part.text for part in document.parts)
    for ordinal, (part, text) in enumerate(cut):
        entry = _entry(document, document.parts[part].audience)
        entry.add_integer("ordinal", ordinal)
        entry.add_text("text", " ".join(title_terms + BOUNDARY + analysis.terms(text)))
        yield entry
