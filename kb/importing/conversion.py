"""From a document to what an article stores: blocks, short answer, and the hash a second run compares."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kb.choices import Kind, Risk
from kb.importing import html_blocks, markdown_blocks, plain_text
from kb.importing.answers import derive
from kb.importing.bodies import Block, Body, numbered
from kb.importing.context import Context
from kb.importing.documents import SourceDocument
from kb.sanitising import strip_tags

# Raised when conversion gives another result for the same source, so that the next run updates what stands.
CONVERSION = 1


@dataclass(frozen=True, slots=True)
class Converted:
    """A document as it will be stored. ``content`` and ``placement`` are the two halves of its hash."""

    document: SourceDocument
    language: str
    blocks: list[Block]
    answer: str
    kind: str
    risk: str
    content: str
    placement: str
    degraded: tuple[str, ...]

    @property
    def source_id(self) -> str:
        """The id at the source."""
        return self.document.source_id

    @property
    def source_hash(self) -> str:
        """What an article remembers of its source."""
        return f"{self.content}.{self.placement}"

    def same_content(self, source_hash: str) -> bool:
        """Whether the text of an article with ``source_hash`` came from the same source text."""
        return source_hash.partition(".")[0] == self.content

    def same_placement(self, source_hash: str) -> bool:
        """Whether its section and its translation are the same, too."""
        return source_hash.partition(".")[2] == self.placement


def convert(
    document: SourceDocument,
    context: Context,
    *,
    default_language: str,
    is_boilerplate: Callable[[str], bool],
) -> Converted:
    """Convert ``document``; losses are noted in ``context``. Never refuses: what is in it was checked before."""
    body = _body(document, context)
    blocks = numbered(body.blocks, document.source_id)
    answer = document.answer
    if answer is None:
        answer = derive(blocks, is_boilerplate)
    language = document.language or default_language
    return Converted(
        document=document,
        language=language,
        blocks=blocks,
        answer=answer,
        kind=document.kind or Kind.HOW_TO,
        risk=document.risk or Risk.NORMAL,
        content=_hash(
            [
                CONVERSION,
                document.title,
                language,
                # A derived answer follows from the body, and from what other documents begin with.
                document.answer,
                document.kind,
                document.risk,
                document.tags,
                document.owner,
                document.review_days,
                document.source_url,
                document.licence,
                document.attribution,
                body.blocks,
            ]
        )[:43],
        placement=_hash([document.section, document.pair])[:20],
        degraded=tuple(context.degraded),
    )


def _body(document: SourceDocument, context: Context) -> Body:
    try:
        if document.body_format == "markdown":
            return markdown_blocks.convert(document.body, context, title=document.title)
        if document.body_format == "html":
            return html_blocks.convert(
                document.body,
                context,
                title=document.title,
                picture_scheme=document.picture_scheme,
            )
    except RecursionError:
        context.say(_("The text is nested too deeply; only its words were kept."))
        return plain_text.convert(strip_tags(document.body), (), context)
    return plain_text.convert(document.body, document.headings, context)


def _hash(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
