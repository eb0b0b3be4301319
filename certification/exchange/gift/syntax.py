"""The letters of GIFT: escapes, formats, questions in a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from certification.exchange.texts import from_html, from_markdown, losses_of, tidy

# While a question is taken apart, escaped characters stand as letters of no language.
ESCAPED = {":": "\ue000", "#": "\ue001", "=": "\ue002", "{": "\ue003", "}": "\ue004", "~": "\ue005"}
ESCAPED |= {"n": "\ue006", "\\": "\ue007"}
PLAIN = {mark: "\n" if char == "n" else char for char, mark in ESCAPED.items()}
ESCAPE = re.compile(r"\\([:#={}~n\\])")
MARKS = re.compile("[\ue000-\ue007]")
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
MOODLE = "moodle"


def hidden(text: str) -> str:
    """``text`` with its escaped characters out of the way."""
    return ESCAPE.sub(lambda match: ESCAPED[match[1]], MARKS.sub("", text))


def shown(text: str) -> str:
    """The text behind ``hidden``."""
    return MARKS.sub(lambda match: PLAIN[match[0]], text)


def escape(text: str) -> str:
    """``text`` as it may stand anywhere in a question."""
    text = MARKS.sub("", text).replace("\\", "\\\\")
    return re.sub(r"([:#={}~])", r"\\\1", text).replace("\n", "\\n")


@dataclass(frozen=True)
class Words:
    """A text of a question with the format it is written in."""

    source: str
    format: str = MOODLE

    @classmethod
    def of(cls, part: str, default: str = MOODLE) -> "Words":
        """The words of ``part``, which may begin with the name of its format."""
        match = FORMAT.match(part)
        return cls(shown(part[match.end() :] if match else part), match[1] if match else default)

    def plain(self) -> str:
        """The words alone."""
        if self.format == "html" or (self.format == MOODLE and "<" in self.source):
            return from_html(self.source)
        return from_markdown(self.source) if self.format == "markdown" else tidy(self.source)

    def losses(self) -> list[str]:
        """What of them is lost."""
        return [] if self.format == "plain" else losses_of(self.source)


@dataclass
class Block:
    """The lines of one question, without its comments."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        """One more line."""
        if line.lstrip().startswith("//"):
            self.comments.append(line.strip()[2:])
            return
        if not self.lines:
            self.line = number
        self.lines.append(line)

    @property
    def text(self) -> str:
        """The question, its escaped characters out of the way."""
        return hidden("\n".join(self.lines)).strip()


def blocks_of(text: str) -> Iterator[Block]:
    """The questions of a file: an empty line ends one, unless its answers are still open and go on below."""
    lines = re.split(r"\r\n|\r|\n", text)
    block = Block()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            if line.startswith("$CATEGORY:") and not block.lines:
                block.add(number, line)
                yield block
                block = Block()
            else:
                block.add(number, line)
        elif block.lines and not _goes_on(block, lines, number):
            yield block
            block = Block()
        elif not block.lines:
            block = Block()
    if block.lines:
        yield block


def _goes_on(block: Block, lines: list[str], number: int) -> bool:
    """Whether the braces that ``block`` opened are closed below, before another question begins."""
    text = hidden(block.lines[-1]) if len(block.lines) > 200 else block.text
    if "{" not in text or "}" in text:
        return False
    for line in lines[number : number + 100]:
        part = hidden(line)
        if part.lstrip().startswith(("::", "//", "$CATEGORY:")):
            return False
        opens, closes = part.find("{"), part.find("}")
        if closes >= 0:
            return opens < 0 or closes < opens
        if opens >= 0:
            return False
    return False
