"""Foreign text made plain: HTML, Markdown and raw text to words with line breaks, bytes to text."""

import html
import re

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from certification.exchange.items import LONGEST_TEXT, Unreadable, Unsuitable
from kb.sanitising import strip_tags, without_control

# Overrides of direction hide what a text says; letters that run from right to left are untouched.
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
SURROGATES = re.compile("[\ud800-\udfff]")
BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
BLOCKS = re.compile(
    r"</(?:p|div|h[1-6]|blockquote|pre|table|ul|ol|dl|figure|section|article)\s*>", re.IGNORECASE
)
ROWS = re.compile(r"</(?:tr|li|dd|dt|caption)\s*>", re.IGNORECASE)
CELLS = re.compile(r"</t[dh]\s*>\s*(?=<t[dh])", re.IGNORECASE)
LIST_ITEMS = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
SOURCE_SPACE = re.compile(r"\s+")

PICTURE = re.compile(r"<img\b", re.IGNORECASE)
MEDIA = re.compile(r"<(?:audio|video|object|embed|iframe|svg|canvas)\b", re.IGNORECASE)
FORMULA = re.compile(r"<math\b", re.IGNORECASE)
TABLE = re.compile(r"<table\b", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b|\bon\w+\s*=|javascript:", re.IGNORECASE)

_markdown = MarkdownIt("commonmark", {"html": False})


def tidy(text: str) -> str:
    """``text`` with line breaks as they are meant: no idle spaces, at most one empty line, nothing invisible."""
    text = OVERRIDES.sub("", SURROGATES.sub("", without_control(text)))
    lines = [" ".join(line.split()) for line in re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """``text`` on one line."""
    return " ".join(tidy(text).split())


def from_html(source: str) -> str:
    """The words of HTML, its paragraphs and lists as lines."""
    if "<" not in source:
        return tidy(html.unescape(source))
    source = SOURCE_SPACE.sub(" ", source)
    for pattern, replacement in (
        (BREAKS, "\n"),
        (CELLS, " | "),
        (LIST_ITEMS, "• "),
        (ROWS, "\n"),
        (BLOCKS, "\n\n"),
    ):
        source = pattern.sub(replacement, source)
    return tidy(strip_tags(source))


def from_markdown(source: str) -> str:
    """The words of Markdown."""
    return from_html(_markdown.render(source))


def losses_of(source: str) -> list[str]:
    """What plain words cannot keep of ``source``, in words."""
    losses = []
    if PICTURE.search(source):
        losses.append(_("a picture was left out"))
    if MEDIA.search(source):
        losses.append(_("sound, video or an embedded object was left out"))
    if FORMULA.search(source):
        losses.append(_("a formula was left out"))
    if TABLE.search(source):
        losses.append(_("a table became lines of text"))
    if SCRIPT.search(source):
        losses.append(_("a script was removed"))
    return losses


def bounded(text: str) -> str:
    """``text``, if a question may be so long. Raises Unsuitable."""
    if len(text) > LONGEST_TEXT:
        raise Unsuitable(_("a text is longer than %(n)s characters") % {"n": LONGEST_TEXT})
    return text


def decoded(content: bytes) -> tuple[str, str]:
    """``content`` as text, and what to know about its encoding. Raises Unreadable.

    UTF-8 and marked UTF-16 are read silently; old Windows files are read by what their bytes look like.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, remark = "utf-16", ""
    elif _is_utf8(content):
        encoding, remark = "utf-8-sig", ""
    elif _looks_cyrillic(content):
        encoding = "cp1251"
        remark = _("the file is not UTF-8 and was read as Windows-1251")
    else:
        encoding = "cp1252"
        remark = _("the file is not UTF-8 and was read as Windows-1252")
    try:
        text = content.decode(encoding, "strict" if encoding.startswith("utf") else "replace")
    except UnicodeDecodeError:
        raise Unreadable(_("The file is in no encoding that we know. Save it as UTF-8.")) from None
    if "\0" in text:
        raise Unreadable(_("The file contains NUL characters; it is not a text file."))
    return text, remark


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _looks_cyrillic(content: bytes) -> bool:
    """Letters beyond ASCII stand side by side, as in Cyrillic words; in Western ones they stand alone."""
    high = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in content[:200_000])
    pairs = len(re.findall(rb"[\xc0-\xff\xa8\xb8]{2}", content[:200_000]))
    return high > 0 and pairs * 4 > high
