"""The ways to narrow a list of results, counted over exactly the articles that are shown."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import cached_property

from kb.choices import Audience, Kind
from kb.models import ArticleTag, SectionPage
from search import audience, documents
from search.engines.base import Filters

TOP = documents.STEP * documents.TOP_DEPTH


class Shown(NamedTuple):
    """What narrowing and ordering know of an article that this viewer may see."""

    path: str
    language: str
    kind: str
    audience: str
    published_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the list, and how many of the shown results it would leave."""

    value: str
    name: str
    count: int


class Facets:
    """Articles by what they can be narrowed by.

    A way to narrow is counted over the articles that all *other* chosen filters leave, so that every number is
    what a click on it shows.
    """

    def __init__(self, rows: Mapping[int, Shown], filters: Filters) -> None:
        self._rows = rows
        self._filters = filters
        paths = {
            row.path[:end]
            for row in rows.values()
            for end in range(TOP, len(row.path), documents.STEP)
        }
        found = SectionPage.objects.filter(path__in=paths).order_by() if paths else []
        self.sections: dict[str, SectionPage] = {section.path: section for section in found}
        chosen = (path for path, s in self.sections.items() if s.pk == filters.section_id)
        self._path = next(chosen, "nowhere") if filters.section_id else ""

    @cached_property
    def _tags(self) -> dict[int, list[tuple[int, str]]]:
        """The tags of each article. One query, and only if somebody asks."""
        found: dict[int, list[tuple[int, str]]] = {}
        rows = ArticleTag.objects.filter(content_object__in=list(self._rows))
        for article, tag, name in rows.values_list("content_object_id", "tag_id", "tag__name"):
            found.setdefault(article, []).append((tag, name))
        return found

    def matches(self, article: int, *, apart_from: str = "") -> bool:
        """Whether the filters leave this article; one of them may be taken out by its name."""
        row, chosen = self._rows[article], self._filters
        checks: dict[str, Callable[[], bool]] = {}
        if chosen.section_id:
            checks["section"] = lambda: row.path.startswith(self._path)
        if chosen.kind:
            checks["kind"] = lambda: row.kind == chosen.kind
        if chosen.audience:
            checks["audience"] = lambda: side_of(row.audience) == chosen.audience
        if chosen.tag_id:
            checks["tag"] = lambda: any(
                tag == chosen.tag_id for tag, _ in self._tags.get(article, ())
            )
        return all(check() for name, check in checks.items() if name != apart_from)

    def by_section(self) -> tuple[Facet, ...]:
        """How many stand in each section on top, the fullest first."""
        tops = (self.sections.get(self._rows[a].path[:TOP]) for a in self._left("section"))
        return _counted(((str(top.pk), top.title) for top in tops if top is not None), by_name=True)

    def by_language(self) -> tuple[Facet, ...]:
        """How many are written in each language, the fullest first."""
        rows = (self._rows[article] for article in self._left("language"))
        return _counted((row.language, row.language) for row in rows)

    def by_kind(self) -> tuple[Facet, ...]:
        """How many are of each kind."""
        names = dict(Kind.choices)
        rows = (self._rows[article] for article in self._left("kind"))
        return _counted((row.kind, str(names.get(row.kind, row.kind))) for row in rows)

    def by_audience(self) -> tuple[Facet, ...]:
        """How many customers see too, and how many are for employees."""
        sides = (side_of(self._rows[article].audience) for article in self._left("audience"))
        return _counted((side, side) for side in sides)

    def by_tag(self) -> tuple[Facet, ...]:
        """How many carry each tag."""
        tags = (tag for article in self._left("tag") for tag in self._tags.get(article, ()))
        return _counted(((str(tag), name) for tag, name in tags), by_name=True)

    def _left(self, apart_from: str) -> list[int]:
        return [a for a in self._rows if self.matches(a, apart_from=apart_from)]


def side_of(kind: str) -> str:
    """An article's audience as the filter has it: for customers too, or for employees only."""
    return audience.PUBLIC if kind == Audience.PUBLIC else audience.INTERNAL


def _counted(found: Iterable[tuple[str, str]], *, by_name: bool = False) -> tuple[Facet, ...]:
    counts = Counter(found)
    ordered = sorted(
        counts.items(), key=lambda item: (-item[1], item[0][1] if by_name else item[0][0])
    )
    return tuple(Facet(value, name, count) for (value, name), count in ordered)
