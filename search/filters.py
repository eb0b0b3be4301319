"""What the address of a results page says: the query and how it is narrowed. Wrong values narrow nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings

from kb.choices import Kind
from search import audience
from search.engines.base import Filters
from search.understanding import clean

PAGE = 20
ALL = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to search, as its address has it."""

    query: str
    filters: Filters
    literal: bool = False
    all: bool = False

    @classmethod
    def from_query_string(cls, values: Mapping[str, str]) -> "Asked":
        """Read GET values; whatever is not understood is left out."""
        language = values.get("language", "")
        kind = values.get("kind", "")
        return cls(
            query=clean(values.get("q", "")),
            filters=Filters(
                section_id=_number(values.get("section", "")),
                tag_id=_number(values.get("tag", "")),
                language=language if language in dict(settings.LANGUAGES) else "",
                kind=kind if kind in Kind.values else "",
                audience=audience.PUBLIC if values.get("audience") == audience.PUBLIC else "",
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

    def address(self, **changes: str | int | None) -> str:
        """The address of this search with some values changed; None takes a value out."""
        values = {
            "q": self.query,
            "section": self.filters.section_id,
            "tag": self.filters.tag_id,
            "language": self.filters.language,
            "kind": self.filters.kind,
            "audience": self.filters.audience,
            "literal": "1" if self.literal else "",
            "all": "1" if self.all else "",
        } | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
