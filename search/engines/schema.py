"""The embedded engine's schemas: the fields of an entry as tantivy stores them."""

from collections.abc import Mapping

import tantivy

from search.engines import entries
from search.engines.entries import Entry, Kind


def schema_of(fields: Mapping[str, Kind]) -> tantivy.Schema:
    """The schema of an index whose entries have ``fields``."""
    builder = tantivy.SchemaBuilder()
    for name, kind in fields.items():
        match kind:
            case Kind.PLACED_TERMS:
                builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
            case Kind.TERMS:
                builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
            case Kind.LABEL:
                builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
            case Kind.KEPT:
                builder.add_text_field(
                    name, stored=True, tokenizer_name="raw", index_option="basic"
                )
            case Kind.KEY:
                builder.add_integer_field(name, indexed=True, fast=True)
            case Kind.NUMBER:
                builder.add_integer_field(name, fast=True)
    return builder.build()


def article_schema() -> tantivy.Schema:
    """One entry per article."""
    return schema_of(entries.ARTICLE)


def passage_schema() -> tantivy.Schema:
    """One entry per passage."""
    return schema_of(entries.PASSAGE)


def stored(entry: Entry) -> tantivy.Document:
    """``entry`` as tantivy takes it."""
    document = tantivy.Document()
    for name, value in entry.items():
        if isinstance(value, int):
            document.add_integer(name, value)
        else:
            for text in value if isinstance(value, list) else (value,):
                document.add_text(name, text)
    return document
