"""Writing a table of questions that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook

from certification.exchange.identity import path_of
from certification.exchange.items import Item
from certification.exchange.notes import to_note
from certification.exchange.tables.columns import FACTS, HEADINGS, WRITTEN
from certification.exchange.tables.reading import GUARD, GUARDED

HEAD = [HEADINGS[column][0] for column in WRITTEN]


def write_csv(items: Iterable[Item]) -> bytes:
    """A CSV file of ``items``: UTF-8 with a mark, semicolons, as spreadsheets expect it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows(_row(item) for item in items)
    return file.getvalue().encode("utf-8-sig")


def write_xlsx(items: Iterable[Item]) -> bytes:
    """An XLSX workbook of ``items``."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    sheet.append(HEAD)
    for item in items:
        sheet.append(_row(item))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _row(item: Item) -> list[str]:
    cells = {
        "id": item.key,
        "kind": item.kind,
        "category": path_of(item.category),
        "name": item.name,
        "question": item.text,
        "answers": to_note(item.kind, item.body),
        "partial": "yes" if item.body.get("partial") else "",
        "explanation": item.explanation,
        "tags": "\n".join(item.tags),
        **{fact: item.facts.get(fact, "") for fact in FACTS},
    }
    return [_guarded(cells[column]) for column in WRITTEN]


def _guarded(text: str) -> str:
    return f"{GUARD}{text}" if text.startswith(GUARDED) else text
