"""Reads articles from a folder of HTML files, as a wiki or a help desk exports them."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from kb.importing.documents import Problem, RowRefused, SourceDocument
from kb.importing.fields import Fields
from kb.importing.folders import File, decoded, files_of
from kb.importing.html_inline import plain

CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
KNOWN_CHARSETS = {"windows-1251", "cp1251", "koi8-r", "iso-8859-1", "iso-8859-5", "windows-1252"}
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# What an export may say about itself in <meta name=…>.
META = {
    "id",
    "section",
    "language",
    "audience",
    "kind",
    "risk",
    "answer",
    "tags",
    "owner",
    "licence",
}
META_PREFIX = "opora:"


class HtmlFolder:
    """The articles of a folder, or of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[SourceDocument | Problem]:
        """Every file in the order of the names. Raises SourceUnreadable."""
        for number, file in enumerate(files_of(self.path, (".html", ".htm", ".xhtml")), 1):
            try:
                yield _document(file, number)
            except RowRefused as refusal:
                yield Problem(line=number, reason=str(refusal), file=file.path)


def text_of(content: bytes) -> str:
    """The text of a file in the encoding it names, UTF-8 if none. Raises RowRefused."""
    named = MARKS.get(content[:2], "")
    match = CHARSET.search(content[:4096])
    if match and not named:
        name = match[1].decode("ascii").lower()
        named = name if name in KNOWN_CHARSETS else ""
    if not named:
        return decoded(content)
    try:
        return content.decode(named)
    except UnicodeDecodeError as error:
        raise RowRefused(
            _("The file says it is %(charset)s, and is not.") % {"charset": named}
        ) from error


def _document(file: File, number: int) -> SourceDocument:
    text = text_of(file.read())
    soup = BeautifulSoup(text, "html.parser")
    values = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or "").removeprefix(META_PREFIX)
        if str(meta.get("name") or "").startswith(META_PREFIX) and name in META:
            values[name] = str(meta.get("content") or "")
    fields = Fields(values)
    first, named = soup.find("h1"), soup.find("title")
    canonical = soup.find("link", rel="canonical")
    address = Fields({"url": str(canonical.get("href") or "") if canonical else ""})
    title = (plain(first) if first else "") or (plain(named) if named else "") or file.words
    language = soup.html.get("lang") if soup.html else None
    return SourceDocument(
        line=number,
        file=file.path,
        source_id=fields.source_id(file.default_id),
        title=fields.title(title),
        body=text,
        body_format="html",
        section=fields.section() or file.section,
        language=fields.language("language") or Fields({"lang": language}).language("lang"),
        kind=fields.kind(),
        risk=fields.risk(),
        audience=fields.audience(),
        answer=fields.answer(),
        tags=fields.texts("tags", most=50),
        owner=fields.text("owner") or None,
        source_url=address.https_address("url"),
        licence=fields.text("licence", most=60),
        path=file.path,
        notes=tuple(fields.notes),
        read_picture=file.picture,
    )
