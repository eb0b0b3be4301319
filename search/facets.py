"""The counts beside a list of results: of exactly the articles that are shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.models import SectionPage
from search import documents


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the list, and how many of the shown results it would leave."""

    value: str
    name: str
    count: int


class Facets:
    """The counts beside the list: of exactly the articles that are shown."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._rows = list(rows)
        paths = {
            path[:end]
            for path, _ in self._rows
            for end in range(documents.STEP * documents.TOP_DEPTH, len(path), documents.STEP)
        }
        found = SectionPage.objects.filter(path__in=paths).order_by() if paths else []
        self.sections: dict[str, SectionPage] = {section.path: section for section in found}

    def by_section(self) -> tuple[Facet, ...]:
        """How many stand in each section on top, the fullest first."""
        top = documents.STEP * documents.TOP_DEPTH
        counts = Counter(path[:top] for path, _ in self._rows if path[:top] in self.sections)
        return tuple(
            Facet(str(self.sections[path].pk), self.sections[path].title, count)
            for path, count in sorted(
                counts.items(), key=lambda item: (-item[1], self.sections[item[0]].title)
            )
        )

    def by_language(self) -> tuple[Facet, ...]:
        """How many are written in each language, the fullest first."""
        counts = Counter(language for _, language in self._rows)
        return tuple(Facet(code, code, count) for code, count in counts.most_common())
