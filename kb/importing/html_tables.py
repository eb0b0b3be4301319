"""A table of HTML as a heading row and rows of cells. Cells that span others leave empty cells beside them."""

from bs4 import Tag

from kb.importing.bodies import Table
from kb.importing.html_inline import Inline, plain

MAX_SPAN = 50


def table_of(node: Tag, inline: Inline) -> Table:
    """The table ``node``; tables inside its cells wait in ``inline``."""
    rows = [row for row in node.find_all("tr") if row.find_parent("table") is node]
    caption = node.find("caption")
    heads: list[str] = []
    if rows and _is_head(rows[0]):
        heads = [
            text
            for cell in _cells(rows[0])
            for text in [plain(cell), *[""] * (_span(cell, "colspan") - 1)]
        ]
        rows = rows[1:]
    return Table(heads=heads, rows=_filled(rows, inline), caption=plain(caption) if caption else "")


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _is_head(row: Tag) -> bool:
    cells = _cells(row)
    in_head = row.parent is not None and row.parent.name == "thead"
    return bool(cells) and (in_head or all(cell.name == "th" for cell in cells))


def _filled(rows: list[Tag], inline: Inline) -> list[list[str]]:
    filled: list[list[str]] = []
    below: dict[int, int] = {}  # column: rows still covered by a cell above
    for row in rows:
        values: list[str] = []

        def skip_covered(values=values) -> None:
            while below.get(len(values), 0) > 0:
                below[len(values)] -= 1
                values.append("")

        for cell in _cells(row):
            skip_covered()
            content = _flat(inline.rich(cell))
            if cell.name == "th" and content:
                content = content.replace("<p>", "<p><b>").replace("</p>", "</b></p>")
            height = _span(cell, "rowspan") - 1
            for place in range(_span(cell, "colspan")):
                if height:
                    below[len(values)] = height
                values.append(content if place == 0 else "")
        skip_covered()
        if any(values):
            filled.append(values)
    return filled


def _flat(content: str) -> str:
    """Lists as lines: a cell has no lists."""
    for tag in ("ul", "ol"):
        content = content.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return content.replace("<li>", "<p>• ").replace("</li>", "</p>")


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return min(int(value), MAX_SPAN) if value.isdecimal() and int(value) else 1
