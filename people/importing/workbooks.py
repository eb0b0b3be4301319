"""Tables in XLSX workbooks, read without evaluating anything and without trusting the archive's sizes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from people.importing.tables import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Table,
    UnreadableFile,
    collect,
    too_many_rows,
)

MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 200
MAX_MEMBERS = 2_000
# Spreadsheets keep formatted empty rows at the end; so many are passed over, no more.
MAX_SCANNED = MAX_ROWS * 3


class Formula(str):
    """The text of a formula that stood in a cell. Nobody evaluates it."""


def read_workbook(content: bytes, *, sheet: str = "", longest_cell: int = MAX_CELL) -> Table:
    """The table on ``sheet``, or on the first one. Raises UnreadableFile."""
    _refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        names = book.sheetnames
        if sheet and sheet not in names:
            raise UnreadableFile(
                _("There is no sheet “%(sheet)s”. The sheets are: %(names)s.")
                % {"sheet": sheet, "names": ", ".join(names)}
            )
        rows = _rows(book[sheet] if sheet else book.worksheets[0])
        return collect(rows, ragged=False, longest_cell=longest_cell)
    except UnreadableFile:
        raise
    except Exception as error:
        # A damaged or hostile workbook makes the reader fail in many ways; to the person all are one.
        raise UnreadableFile(
            _("The workbook is damaged or is not an .xlsx file (%(reason)s).")
            % {"reason": type(error).__name__}
        ) from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            _("The workbook is damaged or is not an .xlsx file (%(reason)s).")
            % {"reason": type(error).__name__}
        ) from None
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > 2**20 and unpacked > MAX_RATIO * len(content)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or swollen:
        raise UnreadableFile(_("The workbook unpacks to far more than a table needs."))


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    rows = sheet.iter_rows(max_row=MAX_SCANNED + 1, max_col=MAX_COLUMNS + 1)
    for line, row in enumerate(rows, start=1):
        if line > MAX_SCANNED:
            raise too_many_rows()
        yield line, tuple(_value(cell) for cell in row)


def _value(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else "=")
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return value.strip()
    return value
