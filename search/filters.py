"""What the address of a results page says: the query and how it is narrowed. Wrong values narrow nothing.

Sections and tags are named by number, or by their name in an address (``tag=yealink``), so that a helpdesk can link
here with what it knows of a ticket.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q

from kb.choices import Kind
from kb.models import ArticlePage, SectionPage, Tag
from people.viewer import Viewer
from search import audience
from search.engines.base import Filters
from search.understanding import clean

PAGE = 20
ALL = 200
SIDES = (audience.PUBLIC, audience.INTERNAL)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to search, as its address has it."""

    query: str
    filters: Filters
    literal: bool = False
    all: bool = False

    @classmethod
    def from_query_string(
        cls, values: Mapping[str, str], viewer: Viewer, at: datetime.datetime
    ) -> "Asked":
        """Read GET values; whatever is not understood, or not for ``viewer`` to know of, is left out."""
        language = values.get("language", "")
        kind = values.get("kind", "")
        return cls(
            query=clean(values.get("q", "")),
            filters=Filters(
                section_id=_section(values.get("section", ""), viewer, at),
                tag_id=_tag(values.get("tag", ""), viewer, at),
                language=language if language in dict(settings.LANGUAGES) else "",
                kind=kind if kind in Kind.values else "",
                audience=side if (side := values.get("audience", "")) in SIDES else "",
            ),
            literal=values.get("literal") == "1",
            all=values.get("all") == "1",
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return self.filters != Filters()

    @property
    def limit(self) -> int:
        """How many results to list."""
        return ALL if self.all else PAGE

    @property
    def everywhere(self) -> str:
        """The address of the same query without any filter."""
        return self.address(
            section=None, tag=None, language=None, kind=None, audience=None, all=None
        )

    @property
    def kept(self) -> list[tuple[str, str | int]]:
        """The filters as names and values of a form: what stays while another query is typed."""
        return [(name, value) for name, value in self._filters().items() if value]

    def _filters(self) -> dict[str, str | int | None]:
        return {
            "section": self.filters.section_id,
            "tag": self.filters.tag_id,
            "language": self.filters.language,
            "kind": self.filters.kind,
            "audience": self.filters.audience,
        }

    def address(self, **changes: str | int | None) -> str:
        """The address of this search with some values changed; None takes a value out."""
        values = {
            "q": self.query,
            **self._filters(),
            "literal": "1" if self.literal else "",
            "all": "1" if self.all else "",
        } | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})


def _section(text: str, viewer: Viewer, at: datetime.datetime) -> int | None:
    number, name = _number(text), clean(text)
    if number is not None or not name:
        return number
    found = SectionPage.objects.visible_to(viewer, at).filter(slug=name[:255])
    return found.order_by("depth", "path").values_list("pk", flat=True).first()


def _tag(text: str, viewer: Viewer, at: datetime.datetime) -> int | None:
    number, name = _number(text), clean(text)
    if number is not None or not name:
        return number
    # A tag that stands only on what the viewer may not read does not exist for them.
    visible = ArticlePage.objects.visible_to(viewer, at).order_by().values("pk")
    found = Tag.objects.filter(
        Q(slug=name[:100]) | Q(name_key=Tag.key_of(name[:100])),
        tagged_articles__content_object__in=visible,
    )
    return found.order_by("pk").values_list("pk", flat=True).first()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
