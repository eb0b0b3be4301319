"""Reads articles from a JSONL file, plain or gzipped: one object a line, never more than a line in memory."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from kb.importing.documents import (
    MAX_LINE,
    MAX_UNPACKED,
    Problem,
    RowRefused,
    SourceDocument,
    SourceUnreadable,
)
from kb.importing.fields import MAX_TAGS, Fields

MAX_HEADINGS = 20_000
BLOCK_TAG = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|li|table|br|script|iframe|style|object|body|html|article|section)\b[^>]*>"
    r"|<[a-z][^>]*\son\w+\s*=|<a\s[^>]*href",
    re.IGNORECASE,
)
MARKDOWN_SIGN = re.compile(
    r"^#{1,6} \S|^```|^~~~|^\s*[-*+] \S|^\s*\d+[.)] \S|\*\*\S|\]\(\S+?\)|^:::\w", re.MULTILINE
)
FORMATS = ("text", "markdown", "html")


class JsonLines:
    """The articles of one JSONL file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[SourceDocument | Problem]:
        """Every row in order. Raises SourceUnreadable where the file as a whole cannot be read."""
        try:
            with _opened(self.path) as stream:
                yield from _rows(stream, self.path.name)
        except EOFError as error:
            raise SourceUnreadable(
                _("%(file)s ends in the middle: it was not copied or downloaded to its end.")
                % {"file": self.path.name}
            ) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise SourceUnreadable(
                _("%(file)s is not a gzip file, or is damaged.") % {"file": self.path.name}
            ) from error
        except OSError as error:
            raise SourceUnreadable(
                _("%(file)s cannot be read: %(reason)s.")
                % {"file": self.path.name, "reason": error.strerror or error}
            ) from error


def _opened(path: Path) -> BinaryIO:
    if path.stat().st_size == 0:
        raise SourceUnreadable(_("%(file)s is empty.") % {"file": path.name})
    if path.name.endswith(".gz"):
        return gzip.open(path, "rb")
    stream = path.open("rb")
    if stream.read(2) == b"\x1f\x8b":
        stream.close()
        return gzip.open(path, "rb")
    stream.seek(0)
    return stream


def _rows(stream: BinaryIO, name: str) -> Iterator[SourceDocument | Problem]:
    number = 0
    unpacked = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        unpacked += len(raw)
        if len(raw) > MAX_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_LINE)
                unpacked += len(raw)
                _refuse_endless(unpacked, name)
            reason = _("The row is longer than %(n)d MB.") % {"n": MAX_LINE // 2**20}
            yield Problem(line=number, reason=reason)
            continue
        _refuse_endless(unpacked, name)
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        try:
            yield document(_values(raw, number, name), number)
        except RowRefused as refusal:
            yield Problem(line=number, reason=str(refusal))


def _refuse_endless(unpacked: int, name: str) -> None:
    if unpacked > MAX_UNPACKED:
        raise SourceUnreadable(
            _("%(file)s is larger than %(n)d GB once unpacked.")
            % {"file": name, "n": MAX_UNPACKED // 2**30}
        )


def _values(raw: bytes, number: int, name: str) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceUnreadable(
            _("Line %(n)d of %(file)s is not UTF-8 (Windows-1251 perhaps): save the file as UTF-8.")
            % {"n": number, "file": name}
        ) from error
    try:
        values = json.loads(text)
    except RecursionError as error:
        raise RowRefused(_("The JSON is nested too deeply.")) from error
    except ValueError as error:
        column = getattr(error, "colno", 1)
        raise RowRefused(
            _("This is not JSON (character %(column)d).") % {"column": column}
        ) from error
    if not isinstance(values, dict):
        raise RowRefused(_("The row is not a JSON object."))
    return values


def document(values: dict[str, Any], line: int) -> SourceDocument:
    """The document of one row. Raises RowRefused."""
    fields = Fields(values)
    body = values.get("body")
    if body is None:
        raise RowRefused(_("“body” is missing."))
    if not isinstance(body, str):
        raise RowRefused(_("“%(name)s” must be text.") % {"name": "body"})
    headings = fields.lines("headings")
    if len(headings) > MAX_HEADINGS:
        raise RowRefused(
            _("“%(name)s” has more than %(n)d entries.") % {"name": "headings", "n": MAX_HEADINGS}
        )
    return SourceDocument(
        line=line,
        source_id=fields.source_id(),
        title=fields.title(),
        body=body,
        body_format=_format_of(values.get("format"), body, headings),
        headings=headings,
        section=fields.section(),
        language=fields.language("lang", "language"),
        kind=fields.kind(),
        risk=fields.risk(),
        audience=fields.audience(),
        answer=fields.answer(),
        pair=fields.text("pair") or None,
        tags=fields.texts("tags", most=MAX_TAGS),
        owner=fields.text("owner") or None,
        review_days=fields.days("review_days"),
        source_url=fields.https_address("source_url", "url"),
        licence=fields.text("licence", most=60) or fields.text("license", most=60),
        attribution=fields.attribution(),
        collection=fields.text("repo"),
        path=fields.text("path"),
        notes=tuple(fields.notes),
    )


def _format_of(given: Any, body: str, headings: tuple[str, ...]) -> str:
    """What the body is written in: as the row says, else by what it looks like."""
    if given is not None:
        if given not in FORMATS:
            raise RowRefused(
                _("Unknown %(name)s “%(value)s”; known: %(known)s.")
                % {"name": "format", "value": str(given)[:40], "known": ", ".join(FORMATS)}
            )
        return given
    if "<" in body and BLOCK_TAG.search(body):
        return "html"
    blocks = "\n\n" in body or "\n" not in body.strip() or body.startswith(("#", "```"))
    if not headings and blocks and MARKDOWN_SIGN.search(body):
        return "markdown"
    return "text"
