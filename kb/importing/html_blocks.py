"""HTML to blocks: what readers must see keeps its order, what blocks cannot hold is said, not lost silently."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, NavigableString, Tag

from kb.importing.bodies import Body
from kb.importing.context import Context
from kb.importing.html_inline import Inline, plain, squeezed
from kb.importing.html_tables import table_of
from kb.sanitising import clean_source

CONTAINERS = {
    *("article", "aside", "details", "div", "footer", "header", "main", "section", "figure"),
    *("table", "tbody", "thead", "tfoot", "tr", "td", "th"),
}
SKIPPED = {"nav", "hr"}
INLINE_SPACE = re.compile(r"\s+")
LANGUAGE_CLASS = re.compile(r"\b(?:language|lang|highlight-source|brush:?)[-:\s]([\w+#.-]+)")
TONES = {
    **dict.fromkeys(("danger", "error", "caution", "critical", "опасно", "осторожно"), "danger"),
    **dict.fromkeys(("warning", "important", "attention", "warn", "внимание", "важно"), "warning"),
    **dict.fromkeys(("предупреждение",), "warning"),
    **dict.fromkeys(("note", "info", "tip", "hint", "notice", "примечание", "совет"), "info"),
}
CALLOUT_CLASS = re.compile(
    r"\b(?:admonition|alert|callout|note|notice|warning|danger|tip|hint|important|caution|info)\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\s*(?:\[!(?P<mark>\w+)\]|(?P<word>"
    + "|".join(sorted(TONES, key=len, reverse=True))
    + r")\s*[:.!])\s*",
    re.IGNORECASE,
)


def convert(
    source: str,
    context: Context,
    *,
    title: str = "",
    picture_scheme: str | None = None,
    steps_title: str | None = None,
) -> Body:
    """The body of foreign HTML, cleaned first.

    A first heading that only repeats ``title`` goes. With ``steps_title`` every list, numbered or not, becomes
    steps and the first one gets that title.
    """
    soup = BeautifulSoup(clean_source(source, picture_scheme=picture_scheme), "html.parser")
    mains = soup.find_all(["main", "article"], limit=2)
    root = mains[0] if mains else soup
    if mains:
        for part in root.find_all(["nav", "footer"]):
            part.decompose()
    walk = _Walk(context, title=title, steps_title=steps_title)
    walk.children(root)
    return walk.body


class _Walk:
    """One pass over a document, writing blocks."""

    def __init__(self, context: Context, *, title: str, steps_title: str | None) -> None:
        self.body = Body()
        self._context = context
        self._inline = Inline(context)
        self._title = " ".join(title.split()).casefold()
        self._steps_title = steps_title
        self._all_steps = steps_title is not None
        self._open: list[str] = []

    def children(self, parent: Tag) -> None:
        """Everything inside ``parent``; text that stands bare becomes paragraphs."""
        for node in parent.children:
            if isinstance(node, NavigableString) or not self._is_block(node):
                self._open.append(self._inline.of([node]))
            else:
                self._close()
                self._block(node)
        self._close()

    def _is_block(self, node: Tag) -> bool:
        return (
            node.name in CONTAINERS
            or node.name in SKIPPED
            or node.name
            in {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote"}
            or (node.name == "img" and not any(part.strip() for part in self._open))
        )

    def _close(self) -> None:
        text = squeezed("".join(self._open))
        self._open = []
        if text:
            self.body.text(f"<p>{text}</p>")
        self._pictures()

    def _pictures(self) -> None:
        for picture in self._inline.take_pictures():
            self.body.image(picture.pk, alt=picture.alt, caption=picture.caption)

    def _block(self, node: Tag) -> None:
        name = node.name
        if name in SKIPPED:
            return
        if name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._heading(node, int(name[1]))
        elif name == "pre":
            self.body.code(node.get_text(), _language(node))
        elif name in {"ul", "ol"}:
            self._list(node)
        elif name == "blockquote" or self._is_callout(node):
            self._callout(node)
        elif name == "table":
            self._table(node)
        elif name == "dl":
            self._definitions(node)
        elif name == "figure":
            self._figure(node)
        elif name == "img":
            self._open.append(self._inline.of([node]))
            self._close()
        elif name == "p":
            self._open.append(self._inline.of(node.children))
            self._close()
        else:
            self.children(node)

    def _heading(self, node: Tag, level: int) -> None:
        text = plain(node)
        if not self.body and level == 1 and text.casefold() == self._title:
            return
        if level <= 2:
            self.body.heading(text)
        else:
            inner = squeezed(self._inline.of(node.children, links=False))
            self.body.text(f"<h{min(level, 4)}>{inner}</h{min(level, 4)}>" if inner else "")
        self._pictures()

    def _list(self, node: Tag) -> None:
        items = node.find_all("li", recursive=False)
        start = _number(node.get("start"), 1)
        if self._all_steps or (node.name == "ol" and len(items) > 1 and start == 1):
            self.body.steps([self._inline.rich(item) for item in items], self._steps_title or "")
            self._steps_title = "" if self._all_steps else None
        elif node.name == "ol" and start != 1:
            # A list that goes on after a picture: its numbers are kept as text.
            for number, item in enumerate(items, start):
                self.body.text(_numbered(number, self._inline.rich(item)))
        else:
            self.body.text(self._inline.list(node))
        self._spilled()

    def _spilled(self) -> None:
        """What stood inside a list or a note and cannot: it follows right behind."""
        self._pictures()
        for table in self._inline.take_tables():
            self._table(table)

    def _is_callout(self, node: Tag) -> bool:
        if node.name not in {"aside", "div", "p"}:
            return False
        classes = " ".join(node.get("class") or [])
        return bool(classes and CALLOUT_CLASS.search(classes)) or node.name == "aside"

    def _callout(self, node: Tag) -> None:
        tone = next(
            (
                TONES[word.casefold()]
                for name in node.get("class") or []
                for word in re.split(r"[-_]", name)
                if word.casefold() in TONES
            ),
            "info",
        )
        label = _take_label(node)
        self.body.callout(self._inline.rich(node), TONES.get(label.casefold(), tone))
        self._spilled()

    def _table(self, node: Tag) -> None:
        if _is_layout(node):
            for cell in node.find_all(["td", "th"], limit=1):
                self.children(cell)
            return
        self.body.table(table_of(node, self._inline))
        self._pictures()
        for inner in self._inline.take_tables():
            self._context.say_inner_table()
            self.body.table(table_of(inner, self._inline))

    def _definitions(self, node: Tag) -> None:
        for part in node.find_all(["dt", "dd"]):
            if part.name == "dt":
                inner = squeezed(self._inline.of(part.children))
                self.body.text(f"<p><b>{inner}</b></p>" if inner else "")
            else:
                self.children(part)

    def _figure(self, node: Tag) -> None:
        caption = node.find("figcaption")
        words = plain(caption) if caption else ""
        if caption:
            caption.extract()
        images = node.find_all("img")
        if len(images) == 1 and words and not images[0].get("title"):
            images[0]["title"] = words
            words = ""
        self.children(node)
        if words:
            self._open.append(self._inline.of([NavigableString(words)]))
            self._close()


def _take_label(node: Tag) -> str:
    """Remove a leading “Note:” or “[!NOTE]” and return its word."""
    for text in node.find_all(string=True):
        if not text.strip():
            continue
        match = LABEL.match(text)
        if match:
            text.replace_with(NavigableString(text[match.end() :]))
            return match["mark"] or match["word"]
        # <b>Note</b>: or <b>Note:</b>
        word = text.strip().rstrip(":.!")
        if text.parent.name in {"b", "strong", "p"} and word.casefold() in TONES:
            following = text.next_element
            text.replace_with(NavigableString(""))
            if isinstance(following, NavigableString):
                following.replace_with(NavigableString(following.lstrip(" :.!\n")))
            return word
        return ""
    return ""


def _language(node: Tag) -> str:
    for part in (node, node.find("code")):
        if part is not None:
            match = LANGUAGE_CLASS.search(" ".join(part.get("class") or []))
            if match:
                return match[1]
    return ""


def _numbered(number: int, item: str) -> str:
    return item.replace("<p>", f"<p>{number}. ", 1) if item.startswith("<p>") else item


def _number(value: object, default: int) -> int:
    return (
        int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 7 else default
    )


def _is_layout(node: Tag) -> bool:
    """Whether a table has one cell only and was there to draw a frame."""
    return len(node.find_all(["td", "th"], limit=2)) == 1


def texts(nodes: Iterable[Tag]) -> list[str]:
    """The plain texts of ``nodes``."""
    return [plain(node) for node in nodes]
