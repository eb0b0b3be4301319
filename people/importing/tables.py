"""A table from a CSV or XLSX file: headings and rows with their line numbers. Knows nothing of people."""

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from people.refusals import Refusal

MAX_BYTES = 20 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 1_000

Cell = str | datetime.date | datetime.datetime | datetime.time | None


class UnreadableFile(Refusal):
    """The file cannot be read as a table; the text says why and what to do."""


@dataclass(frozen=True)
class RowError:
    """What is wrong with a row, in words. ``line`` counts as a spreadsheet does: the headings are row 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        stop = "" if self.reason.endswith(("?", ".")) else "."
        return _("Row %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason} + stop


@dataclass(frozen=True)
class Table:
    """The headings as they stand in the file, and the rows under them; empty rows are left out."""

    headings: tuple[str, ...]
    rows: list[tuple[int, tuple[Cell, ...]]]
    errors: list[RowError] = field(default_factory=list)


def read_path(path: Path, *, sheet: str = "") -> Table:
    """The table in the file at ``path``. Raises UnreadableFile."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_big()
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from None
    return read_table(content, name=path.name, sheet=sheet)


def read_table(
    content: bytes, *, name: str, sheet: str = "", longest_cell: int = MAX_CELL
) -> Table:
    """The table in ``content``, by the kind of file it is, whatever its ``name`` says.

    Raises UnreadableFile with one sentence: empty, too big, another encoding, damaged, not a table.
    """
    if len(content) > MAX_BYTES:
        raise too_big()
    if not content.strip():
        raise UnreadableFile(_("%(name)s is empty.") % {"name": name})
    if content.startswith(b"PK"):
        # Reading workbooks is a heavy import; only a workbook pays for it.
        from people.importing.workbooks import read_workbook  # noqa: PLC0415

        return read_workbook(content, sheet=sheet, longest_cell=longest_cell)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            _("%(name)s is an old Excel file (.xls). Save it as .xlsx or as “CSV UTF-8”.")
            % {"name": name}
        )
    return _read_csv(content, name, longest_cell)


def too_big() -> UnreadableFile:
    """The refusal of a file over the limit."""
    return UnreadableFile(_("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 2**20})


def too_many_rows() -> UnreadableFile:
    """The refusal of a table over the limit."""
    return UnreadableFile(
        _("The file has more than %(n)s rows. Split it into several files.") % {"n": MAX_ROWS}
    )


def collect(
    rows: Iterator[tuple[int, tuple[Cell, ...]]], *, ragged: bool, longest_cell: int = MAX_CELL
) -> Table:
    """A table of ``rows``, the first of which are the headings.

    ``ragged`` tells that a row of another length is an error (a CSV that was cut short), not padding.
    Raises UnreadableFile for no headings, too many rows or columns.
    """
    headings: tuple[str, ...] = ()
    found: list[tuple[int, tuple[Cell, ...]]] = []
    errors: list[RowError] = []
    for line, cells in rows:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if not headings:
            headings = tuple(str(cell or "").strip() for cell in cells)
            while headings and not headings[-1]:
                headings = headings[:-1]
            if len(headings) > MAX_COLUMNS:
                raise UnreadableFile(
                    _("The file has more than %(n)s columns.") % {"n": MAX_COLUMNS}
                )
            continue
        if len(found) >= MAX_ROWS:
            raise too_many_rows()
        if ragged and len(cells) != len(headings) and not _only_padding(cells, len(headings)):
            reason = _(
                "the row has %(cells)s cells and the headings are %(headings)s; the file may be cut short"
            )
            errors.append(RowError(line, reason % {"cells": len(cells), "headings": len(headings)}))
            continue
        if any(isinstance(cell, str) and len(cell) > longest_cell for cell in cells):
            reason = _("a cell is longer than %(n)s characters") % {"n": longest_cell}
            errors.append(RowError(line, reason))
            continue
        padded = cells[: len(headings)] + (None,) * (len(headings) - len(cells))
        found.append((line, padded))
    if not headings:
        raise UnreadableFile(_("The file has no headings."))
    if not found and not errors:
        raise UnreadableFile(_("The file has headings, but no rows under them."))
    return Table(headings, found, errors)


def _only_padding(cells: tuple[Cell, ...], width: int) -> bool:
    return len(cells) > width and not any(cells[width:])


def _read_csv(content: bytes, name: str, longest_cell: int) -> Table:
    text = _decoded(content, name)
    if "\0" in text:
        raise UnreadableFile(
            _("%(name)s contains NUL characters; it is not a text file.") % {"name": name}
        )
    return collect(_csv_rows(text), ragged=True, longest_cell=longest_cell)


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(
            _("%(name)s is in the encoding UTF-16. Save it as “CSV UTF-8” and try again.")
            % {"name": name}
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _looks_like_windows_1251(content):
            raise UnreadableFile(
                _("%(name)s is in the encoding Windows-1251. Save it as “CSV UTF-8” and try again.")
                % {"name": name}
            ) from None
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(
            _(
                "%(name)s is not in the encoding UTF-8 (row %(line)s). Save it as “CSV UTF-8” and try again."
            )
            % {"name": name, "line": line}
        ) from None


def _looks_like_windows_1251(content: bytes) -> bool:
    """Most bytes beyond ASCII are the letters of Windows-1251."""
    high = [byte for byte in content[:100_000] if byte >= 0x80]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    return letters > 0.9 * len(high)


def _csv_rows(text: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(
                _(
                    "Row %(line)s: the quotation marks do not match, or the file is cut short (%(reason)s)."
                )
                % {"line": line + 1, "reason": error}
            ) from None
        line += 1
        yield line, tuple(cell.strip() for cell in cells)
