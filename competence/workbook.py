"""The matrix as an XLSX workbook: figures and words, no formula whatever a name begins with."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from competence.choices import StateChoice
from competence.presentation import figure, readiness
from competence.selectors.matrix import Board

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILLS = {
    state: PatternFill("solid", fgColor=colour)
    for state, colour in {
        StateChoice.CURRENT: "D8F6DE",
        StateChoice.DUE_SOON: "FFE3AA",
        StateChoice.STALE: "E9D9FF",
        StateChoice.LAPSED: "F4B6BB",
        StateChoice.LEARNING: "CFF0FC",
        StateChoice.SUSPENDED: "CED5DE",
    }.items()
}


def matrix_workbook(board: Board) -> bytes:
    """The workbook: one sheet, a row per person, "2 current" in the cells."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Matrix"))
    sheet.freeze_panes = "D2"
    heads = [_("Employee"), _("Team"), _("Position"), *(one.name for one in board.competences)]
    sheet.append([cell_text(sheet, head, bold=True) for head in [*heads, _("Calls")]])
    for row in board.rows:
        person = row.employee
        line = [
            cell_text(sheet, text)
            for text in (person.full_name, person.team_name, person.position_name)
        ]
        for competence in board.competences:
            cell = row.cells.get(competence.pk)
            if cell is None or not (cell.state or cell.level):
                line.append(cell_text(sheet, ""))
                continue
            if board.asked.target:
                line.append(cell_text(sheet, "" if cell.target is None else str(cell.target)))
                continue
            word = str(StateChoice(cell.state).label) if cell.state else _("not required")
            written = cell_text(sheet, f"{figure(cell)} {word}".strip())
            if cell.state in FILLS:
                written.fill = FILLS[StateChoice(cell.state)]
            line.append(written)
        line.append(cell_text(sheet, readiness(row)))
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_text(sheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell that holds ``text`` and never a formula."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
