"""Rich text as one reader may get it: links to what they may not see become plain words.

Wagtail's own expansion knows no request and would print the address of an internal article to anybody.
All links of a page are resolved in one query each for articles, sections and documents.
"""

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import extract_attrs

from kb.access import visible_documents
from kb.body import leaves
from kb.models import ArticlePage, SectionPage
from people.viewer import Viewer

OPENING_LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", ""})


@dataclass(frozen=True)
class ReaderLinks:
    """The addresses of pages and documents that one reader may follow, by primary key."""

    pages: dict[int, str] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)

    @classmethod
    def in_body(cls, body: StreamValue, viewer: Viewer, at: datetime.datetime) -> "ReaderLinks":
        """The links of a whole body for ``viewer``. No query for a body without links, else at most three."""
        wanted: dict[str, set[int]] = {"page": set(), "document": set()}
        for source in rich_text_sources(body):
            for tag in OPENING_LINK.findall(source):
                attributes = extract_attrs(tag)
                kind, key = attributes.get("linktype"), attributes.get("id", "")
                if kind in wanted and key.isdigit():
                    wanted[kind].add(int(key))
        pages: dict[int, str] = {}
        if wanted["page"]:
            for article in ArticlePage.objects.visible_to(viewer, at).filter(pk__in=wanted["page"]):
                pages[article.pk] = article.url
            missing = wanted["page"] - pages.keys()
            if missing:
                for section in SectionPage.objects.filter(pk__in=missing).visible_to(viewer, at):
                    pages[section.pk] = section.url
        documents: dict[int, str] = {}
        if wanted["document"]:
            for document in visible_documents(viewer, at).filter(pk__in=wanted["document"]):
                documents[document.pk] = document.url
        return cls(pages=pages, documents=documents)

    def expand(self, source: str) -> SafeString:
        """``source`` with every link resolved for this reader; what they may not see loses its address."""
        return mark_safe(OPENING_LINK.sub(self._opening, source))  # noqa: S308  sanitised when written

    def _opening(self, match: re.Match[str]) -> str:
        attributes = extract_attrs(match[0])
        kind = attributes.get("linktype")
        if kind is None:
            return self._external(attributes.get("href", ""))
        known = {"page": self.pages, "document": self.documents}.get(kind, {})
        key = attributes.get("id", "")
        address = known.get(int(key)) if key.isdigit() else None
        return f'<a href="{html.escape(address)}">' if address else "<a>"

    @staticmethod
    def _external(address: str) -> str:
        address = html.unescape(address).strip()
        if urlsplit_scheme(address) not in SAFE_SCHEMES:
            return "<a>"
        rel = ' rel="noopener noreferrer"' if "://" in address else ""
        return f'<a href="{html.escape(address)}"{rel}>'


def urlsplit_scheme(address: str) -> str | None:
    """The scheme of ``address`` in lower case, "" for a relative one, None if it cannot be read."""
    try:
        return urlsplit(re.sub(r"[\x00-\x20]", "", address)).scheme.lower()
    except ValueError:
        return None


def rich_text_sources(body: StreamValue) -> Iterator[str]:
    """The stored HTML of every rich text inside a body, at any depth."""
    return (leaf.source for leaf in leaves(body) if isinstance(leaf, RichText))
