"""What every template must keep to: no text outside the catalogue, nothing the content security policy would block."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parent.parent
READ_ALOUD = {
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "placeholder",
    "aria-roledescription",
}
# Names of keys, of code and of the product are the same in every language.
UNTRANSLATED_INSIDE = {"kbd", "code", "pre", "samp", "script", "style"}
WORD = re.compile(r"[A-Za-z]{3,}")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
NAMES = {
    "Alt",
    "Ctrl",
    "Enter",
    "Esc",
    "Shift",
    "Tab",
    "Opora",
    "Wagtail",
    "JSON",
    "CSV",
    "XLSX",
    "PDF",
    "RSS",
    "API",
}
STOOD_FOR = "\N{OBJECT REPLACEMENT CHARACTER}"


def visible_source(text: str) -> Iterator[str]:
    """The HTML of a template with tags, comments and translated blocks replaced, line breaks kept."""
    skip_until = before = ""
    for token in Lexer(text).tokenize():
        contents = token.contents
        breaks = "\n" * contents.count("\n")
        word = contents.split()[0] if token.token_type == TokenType.BLOCK and contents else ""
        if skip_until:
            skip_until = "" if word == skip_until else skip_until
            yield breaks
        elif word in ("blocktranslate", "blocktrans", "comment"):
            skip_until = f"end{word}"
            yield breaks
        elif word == "block" and contents.endswith("class"):
            # What such a block holds goes into a class attribute of the layout.
            skip_until = "endblock"
            yield breaks
        elif token.token_type == TokenType.TEXT:
            yield contents
            before = contents
        elif token.token_type == TokenType.VAR:
            yield STOOD_FOR + breaks
        elif not before.endswith(("<", "</")):
            # A tag may stand between two attributes, but also where the name of an element is chosen.
            yield " " + breaks


class Reader(HTMLParser):
    """Collects what a person would read or hear, and what the browser would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.found: list[tuple[int, str]] = []

    def note(self, fault: str) -> None:
        """Remember ``fault`` at the current line."""
        self.found.append((self.getpos()[0], fault))

    def read(self, text: str, what: str) -> None:
        """Note words that no catalogue knows."""
        words = [word for word in WORD.findall(text) if word not in NAMES]
        if CYRILLIC.search(text) or words:
            self.note(f"{what} outside the catalogue: {' '.join(text.split())[:60]!r}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of a tag."""
        names = {name for name, _value in attrs}
        # What is said to be in a language of its own is in that language for every reader.
        self.open.append("samp" if "lang" in names and tag != "html" else tag)
        self.tags.append(tag)
        for name, value in attrs:
            if name in READ_ALOUD and value:
                self.read(value, name)
            if (
                name == "style"
                or name.startswith(("hx-on", "on"))
                or "javascript:" in (value or "")
            ):
                self.note(f"the policy blocks {name}= on <{tag}>")
        if tag == "style" or (tag == "script" and not names & {"src", "type"}):
            self.note(f"the policy blocks an inline <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        """Leave the element; void ones and unclosed ones inside it are left too."""
        if tag in self.tags:
            while self.tags.pop() != tag:
                pass
            del self.open[len(self.tags) :]

    def handle_data(self, data: str) -> None:
        """Read the text between tags."""
        if not UNTRANSLATED_INSIDE & set(self.open):
            self.read(data, "text")


def problems(text: str) -> list[tuple[int, str]]:
    """Line and fault of everything wrong with a template of HTML."""
    reader = Reader()
    reader.feed("".join(visible_source(text)))
    reader.close()
    return reader.found


def main() -> int:
    """Print what was found in the templates of HTML pages; 1 if anything was."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {fault}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for line, fault in problems(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
