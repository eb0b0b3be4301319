"""Rich text as paper takes it: paragraphs of words with their emphasis, no addresses. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True)
class Run:
    """Words that are written alike."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; in a list with its ``mark`` and how deep it stands."""

    runs: tuple[Run, ...]
    mark: str = ""
    depth: int = 0
    heading: bool = False

    @property
    def words(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs)


def paragraphs(source: str) -> list[Paragraph]:
    """The paragraphs of ``source``, the HTML of a rich text."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.end()
    return reader.found


@dataclass
class _Reader(HTMLParser):
    found: list[Paragraph] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._runs: list[Run] = []
        self._lists: list[int | None] = []
        self._mark = ""
        self._bold = self._italic = 0
        self._heading = False

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag in BOLD:
            self._bold += 1
        elif tag in ITALIC:
            self._italic += 1
        elif tag in ("ul", "ol"):
            self.end()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.end()
            self._mark = self._next_mark()
        elif tag == "p" or tag in HEADINGS:
            self.end()
            self._heading = tag in HEADINGS

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self._bold = max(0, self._bold - 1)
        elif tag in ITALIC:
            self._italic = max(0, self._italic - 1)
        elif tag in ("ul", "ol"):
            self.end()
            if self._lists:
                self._lists.pop()
        elif tag in ("p", "li") or tag in HEADINGS:
            self.end()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text:
            before = " " if data[0].isspace() else ""
            after = " " if data[-1].isspace() else ""
            self._runs.append(Run(f"{before}{text}{after}", self._bold > 0, self._italic > 0))
        elif data and self._runs:
            self._runs.append(Run(" "))

    def end(self) -> None:
        """A paragraph ends, if it has any words."""
        if any(run.text.strip() for run in self._runs):
            self.found.append(
                Paragraph(tuple(self._runs), self._mark, len(self._lists), self._heading)
            )
            self._mark = ""
        self._runs, self._heading = [], False

    def _next_mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "•"
        self._lists[-1] += 1
        return f"{self._lists[-1]}."
