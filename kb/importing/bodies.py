"""Building an article's body: the stored JSON of its blocks, every rich text cleaned. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from kb.sanitising import clean_rich_text, without_control

Block = dict[str, Any]
BLOCK_IDS = UUID("6f3d4a52-52b5-4a07-9a3c-0b1c6d6cf0a1")
MAX_HEADING = 500


@dataclass
class Table:
    """A table as a source has it: a heading row of plain text, rows of rich text."""

    heads: list[str]
    rows: list[list[str]] = field(default_factory=list)
    caption: str = ""


@dataclass
class Body:
    """Blocks in order. Text that follows text joins its block, so that editors get few of them."""

    blocks: list[Block] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def heading(self, text: str) -> None:
        """A heading that the table of contents leads to."""
        text = " ".join(without_control(text).split())
        if text:
            self._add("heading", text[:MAX_HEADING])

    def text(self, source: str) -> None:
        """Rich text: paragraphs, lists, small headings."""
        source = clean_rich_text(source)
        if not source.strip():
            return
        if self.blocks and self.blocks[-1]["type"] == "text":
            self.blocks[-1]["value"] += source
        else:
            self._add("text", source)

    def steps(self, items: Iterable[str], title: str = "") -> None:
        """Numbered steps, each of them rich text."""
        cleaned = [clean_rich_text(item) for item in items]
        kept = [{"type": "item", "value": item} for item in cleaned if item.strip()]
        if kept:
            self._add("steps", {"title": without_control(title).strip(), "items": kept})

    def script(self, steps: Iterable[Block], title: str = "") -> None:
        """A guided script: values of its steps, the text of each rich."""
        kept = [
            {
                "type": "item",
                "value": step
                | {
                    "text": clean_rich_text(step["text"]),
                    "choices": [{"type": "item", "value": choice} for choice in step["choices"]],
                },
            }
            for step in steps
        ]
        if kept:
            self._add("script", {"title": without_control(title).strip(), "steps": kept})

    def callout(self, source: str, tone: str = "info") -> None:
        """A note, a warning or a danger."""
        source = clean_rich_text(source)
        if source.strip():
            self._add("callout", {"tone": tone, "text": source})

    def code(self, code: str, language: str = "") -> None:
        """Code as it stands."""
        code = without_control(code).strip("\n")
        if code.strip():
            self._add("code", {"language": language[:30], "code": code})

    def say(self, text: str) -> None:
        """Words for the customer: plain text."""
        text = without_control(text).strip()
        if text:
            self._add("say", text)

    def image(self, pk: int, *, alt: str = "", caption: str = "") -> None:
        """A picture that is already stored."""
        texts = {"caption": without_control(caption), "alt": without_control(alt)}
        self._add("image", {"image": pk, **texts})

    def table(self, table: Table) -> None:
        """A table; short rows are filled up."""
        width = max([len(table.heads), *(len(row) for row in table.rows)], default=0)
        if not width or not (table.rows or any(table.heads)):
            return
        heads = [*table.heads, *[""] * (width - len(table.heads))]
        rows = [[*row, *[""] * (width - len(row))] for row in table.rows]
        self._add(
            "table",
            {
                "columns": [{"type": "text", "heading": without_control(head)} for head in heads],
                "rows": [{"values": [clean_rich_text(cell) for cell in row]} for row in rows],
                "caption": without_control(table.caption),
            },
        )

    def internal(self, inner: "Body") -> None:
        """A part for employees only."""
        if inner.blocks:
            self._add("internal", inner.blocks)

    def extend(self, other: "Body") -> None:
        """Put the blocks of ``other`` after these."""
        for block in other.blocks:
            if block["type"] == "text":
                self.text(block["value"])
            else:
                self.blocks.append(block)

    def _add(self, kind: str, value: Any) -> None:
        self.blocks.append({"type": kind, "value": value})


def numbered(blocks: list[Block], source_id: str) -> list[Block]:
    """The blocks with their ids: the same for the same place of the same source, run after run."""
    return [_with_id(block, f"{source_id}/{place}") for place, block in enumerate(blocks)]


def _with_id(block: Block, place: str) -> Block:
    return {
        "id": str(uuid5(BLOCK_IDS, place)),
        "type": block["type"],
        "value": _in_stored_order(_with_ids_inside(block["value"], place)),
    }


def _with_ids_inside(value: Any, place: str) -> Any:
    """``value`` with an id for each block inside it: parts of an internal part, steps, answers of a script."""
    if isinstance(value, list):
        return numbered(value, place)
    if isinstance(value, dict):
        return {
            name: numbered(inner, place) if _holds_items(inner) else inner
            for name, inner in value.items()
        }
    return value


def _holds_items(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) and each.get("type") == "item" for each in value
    )


def _in_stored_order(value: Any) -> Any:
    """``value`` with its keys as PostgreSQL gives them back: a version's text is then the row's, byte by byte."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: (len(name), name))
        return {name: _in_stored_order(value[name]) for name in names}
    if isinstance(value, list):
        return [_in_stored_order(item) for item in value]
    return value
