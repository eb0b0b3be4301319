"""What every engine stores of a document, field by field: one entry for the article, one for each passage. Pure.

The words of a field are analysed already: an engine splits them at spaces and does nothing else to them, so all
engines hold the same terms.
"""

import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

from search import analysis, families, passages
from search.engines.base import Document

FORMAT = 9
"""Changes whenever the same document would be stored otherwise; an index of another format is rebuilt."""

TITLE_REPEATED, HEADINGS_REPEATED = 6, 2
"""How often title and headings stand in the combined text that BM25 scores."""

TITLE_REPEATED_IN_PASSAGES = 2

BOUNDARY = ["|"]
"""Stands between title and text, so that no phrase reaches from one into the other."""

FOREVER = 2**62


class Kind(Enum):
    """How an engine must be able to use a field."""

    PLACED_TERMS = auto()
    """Terms with a score and with their places, for phrases."""
    TERMS = auto()
    """Terms with a score."""
    LABEL = auto()
    """One or more values, found exactly, without a score."""
    KEPT = auto()
    """A text that is only read back."""
    KEY = auto()
    """A whole number that is looked for, also by range."""
    NUMBER = auto()
    """A whole number that is only read back, by the hundred."""


FACTS = {
    "article": Kind.KEY,
    "stamp": Kind.NUMBER,
    "title_text": Kind.KEPT,
    "audience": Kind.LABEL,
    "language": Kind.LABEL,
    "kind": Kind.LABEL,
    "section": Kind.LABEL,
    "tag": Kind.LABEL,
    "dated": Kind.LABEL,
    "valid_from": Kind.KEY,
    "valid_until": Kind.KEY,
}
"""What the entries of articles and those of passages have in common."""

ARTICLE = FACTS | {
    "version": Kind.KEPT,
    "audiences": Kind.KEPT,
    "title": Kind.TERMS,
    "headings": Kind.TERMS,
    "text": Kind.PLACED_TERMS,
    "families": Kind.TERMS,
}
"""The fields of an article's own entry: title, headings, both with the whole text, and the families of all words."""

PASSAGE = FACTS | {
    "ordinal": Kind.NUMBER,
    "text": Kind.PLACED_TERMS,
    "families": Kind.TERMS,
}
"""The fields of a passage's entry; its text has the title in front, twice, and the section it stands in."""

Entry = dict[str, Any]
"""Values by field; a label may have several, as a list."""


def of_article(document: Document) -> Entry:
    """The article's own entry: only what everybody who may see the article may see of it."""
    own = [part for part in document.parts if part.audience == document.audience]
    headings = [heading for part in own for heading in part.headings]
    title_terms = analysis.terms(document.title)
    heading_terms = analysis.terms("\n".join(headings))
    section_terms = analysis.terms("\n".join((*document.section_names, *document.tag_names)))
    combined = title_terms * TITLE_REPEATED + heading_terms * HEADINGS_REPEATED + section_terms
    for part in own:
        combined += BOUNDARY + analysis.terms(part.text)
    return _facts(document, document.audience) | {
        "version": document.version,
        "audiences": ";".join(document.audiences),
        "title": " ".join(title_terms),
        "headings": " ".join(heading_terms + section_terms),
        "text": " ".join(combined),
        "families": _families(combined),
    }


def of_passages(document: Document) -> Iterator[Entry]:
    """The article's passages, each with the audience of its part; what asks a question says it twice."""
    front = analysis.terms(document.title) * TITLE_REPEATED_IN_PASSAGES
    front += BOUNDARY + analysis.terms("\n".join(document.section_names[-1:]))
    texts = (part.text for part in document.parts)
    cut = passages.of_parts(texts, (part.questions for part in document.parts))
    for ordinal, passage in enumerate(cut):
        terms = front + BOUNDARY + analysis.terms(passage.text)
        if passage.asks:
            terms += BOUNDARY + analysis.terms(passage.text.partition("\n")[0])
        yield _facts(document, document.parts[passage.part].audience) | {
            "ordinal": ordinal,
            "text": " ".join(terms),
            "families": _families(terms),
        }


def _families(terms: Iterable[str]) -> str:
    return " ".join(filter(None, map(families.family, terms)))


def _facts(document: Document, audience: str) -> Entry:
    facts = {
        "article": document.article,
        "stamp": stamp(document),
        "title_text": document.title,
        "audience": audience,
        "language": document.language,
        "kind": document.kind,
        "section": [str(section_id) for section_id in document.section_ids],
        "tag": [str(tag_id) for tag_id in document.tag_ids],
        "valid_from": seconds(document.valid_from, 0),
        "valid_until": seconds(document.valid_until, FOREVER),
    }
    if document.valid_from is not None or document.valid_until is not None:
        facts["dated"] = "1"
    return facts


def stamp(document: Document) -> int:
    """A number that changes with the version: by it a reader's process knows whether a title is still right."""
    return zlib.crc32(f"{document.version}\0{document.title}".encode())


def seconds(moment: datetime | None, default: int) -> int:
    """A moment as the index compares it."""
    return default if moment is None else int(moment.timestamp())


def moment(value: int | None) -> datetime | None:
    """The reverse of ``seconds``; the ends of time are None."""
    return None if value is None or value in (0, FOREVER) else datetime.fromtimestamp(value, UTC)
