"""The first pass over a source: what is in it, what of it stands already, and how it hangs together.

It reads everything once and writes nothing, so that a file that cannot be read to its end changes nothing, and
so that links and translations between documents are known before the first of them is written.
"""

import posixpath
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from kb.importing.documents import (
    MAX_DOCUMENTS,
    DocumentSource,
    Problem,
    SourceDocument,
    SourceUnreadable,
)
from kb.importing.report import ImportReport
from kb.importing.standing import Standing
from kb.importing.translations import Translations

BOILERPLATE_FROM = 10
"""A first line that this many documents share says nothing of any of them."""

PAGE_ENDINGS = ("", ".md", ".html", ".htm", ".docx", "/index.md", "/README.md", "/index.html")


@dataclass
class Survey:
    """What the first pass found. Sources are named by their ids throughout."""

    standing: dict[str, Standing]
    translations: Translations
    default_language: str
    lines: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    unpaired: dict[str, str] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    _by_path: dict[tuple[str, str], str] = field(default_factory=dict)
    _by_address: dict[str, str] = field(default_factory=dict)
    _by_title: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    _first_lines: Counter[int] = field(default_factory=Counter)

    def add(self, document: SourceDocument) -> None:
        """Take note of one document."""
        source_id = document.source_id
        self.lines[source_id] = document.line
        if source_id in self.standing:
            self.pages[source_id] = self.standing[source_id].pk
        else:
            self.new.append(source_id)
        if document.path:
            self._by_path[document.collection, document.path] = source_id
        if document.source_url:
            self._by_address[document.source_url.rstrip("/")] = source_id
        key = self._title_key(document, document.title)
        self._by_title[key] = None if key in self._by_title else source_id
        self._first_lines[hash(_first_line(document.body))] += 1

    def reserve(self, pages: list[int]) -> None:
        """Give the new documents their primary keys, so that links can point ahead."""
        self.pages.update(zip(self.new, pages, strict=True))

    def is_boilerplate(self, text: str) -> bool:
        """Whether many documents begin with ``text``."""
        return self._first_lines[hash(text)] >= BOILERPLATE_FROM

    def page_titled(self, document: SourceDocument, title: str) -> int | None:
        """The page of the one document of the same collection and language that has this title."""
        source_id = self._by_title.get(self._title_key(document, title))
        return None if source_id in (None, document.source_id) else self._page(source_id)

    def page_behind(self, document: SourceDocument, href: str) -> int | None:
        """The page that ``href`` in ``document`` leads to, if it is one of ours."""
        if href.startswith("article:"):
            return self._page(unquote(href.removeprefix("article:").split("#")[0].strip()))
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return self._page(self._by_address.get(href.split("#")[0].rstrip("/")))
        if not parts.path:
            return None
        path = unquote(parts.path)
        base = "" if path.startswith("/") else posixpath.dirname(document.path)
        path = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
        for ending in PAGE_ENDINGS:
            source_id = self._by_path.get((document.collection, path + ending))
            if source_id is not None:
                return self._page(source_id)
        return None

    def _page(self, source_id: str | None) -> int | None:
        if source_id is None:
            return None
        page = self.pages.get(source_id)
        if page is None and source_id in self.standing:
            return self.standing[source_id].pk
        return page

    def _title_key(self, document: SourceDocument, title: str) -> tuple[str, str, str]:
        language = document.language or self.default_language
        return document.collection, language, title.strip().rstrip(".").casefold()


def _first_line(body: str) -> str:
    return body[:400].lstrip().partition("\n")[0].strip()


def survey(
    documents: DocumentSource,
    *,
    standing: dict[str, Standing],
    taken: dict[uuid.UUID, dict[str, str]],
    default_language: str,
    languages: set[str],
    report: ImportReport,
    advanced: Callable[[int], None],
) -> Survey:
    """Read ``documents`` once. What cannot be taken goes to ``report``. Raises SourceUnreadable."""
    found = Survey(
        standing=standing,
        translations=Translations(taken, standing),
        default_language=default_language,
    )
    pairs: list[tuple[str, str]] = []
    for number, document in enumerate(documents, 1):
        advanced(number)
        if isinstance(document, Problem):
            report.refuse(document)
            continue
        reason = _objection(document, found, languages)
        if reason:
            report.refuse(Problem(line=document.line, reason=reason, file=document.file))
            continue
        found.add(document)
        found.translations.add(document.source_id, document.language or default_language)
        if document.pair:
            pairs.append((document.source_id, document.pair))
        if len(found.lines) > MAX_DOCUMENTS:
            raise SourceUnreadable(
                _("There are more than %(n)d articles; split the source.") % {"n": MAX_DOCUMENTS}
            )
    for source_id, pair in pairs:
        reason = found.translations.pair(source_id, pair)
        if reason:
            found.unpaired[source_id] = reason
    return found


def _objection(document: SourceDocument, found: Survey, languages: set[str]) -> str:
    """Why a document cannot be taken beside the others, "" if it can."""
    earlier = found.lines.get(document.source_id)
    if earlier is not None:
        return _("The id “%(id)s” was already in row %(line)d.") % {
            "id": document.source_id[:60],
            "line": earlier,
        }
    if document.language and document.language not in languages:
        return _("Unknown %(name)s “%(value)s”; known: %(known)s.") % {
            "name": "language",
            "value": document.language,
            "known": ", ".join(sorted(languages)),
        }
    return ""
