"""The minutes of a campaign as a workbook: who was asked what, when, how it ended; no formula in any name."""

import datetime
import io

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from certification.duties import DutyReading, PaperReading
from certification.models import DutyLine
from certification.results import breakdowns
from certification.selectors.campaigns import Board
from certification.wording import STANDINGS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def minutes_workbook(board: Board, at: datetime.datetime) -> bytes:
    """One sheet: the campaign, then a row for each competence of each paper of each person."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Minutes"))
    campaign = board.campaign
    days = f"{date_format(campaign.starts_on, 'j E Y')} – {date_format(campaign.ends_on, 'j E Y')}"
    opened_by = campaign.opened_by.get_full_name() or campaign.opened_by.email
    facts = [
        (_("Campaign"), campaign.name),
        (_("Days"), days),
        (_("Of a line away at once, at most"), f"{campaign.percent} %"),
        (_("Opened by"), opened_by),
        (_("Opened on"), date_format(campaign.opened_at.date(), "j E Y")),
        (_("As of"), date_format(at.date(), "j E Y")),
    ]
    if not campaign.stands:
        facts.append((_("Called off"), campaign.reason))
    for name, value in facts:
        sheet.append([_text(sheet, name, bold=True), _text(sheet, value)])
    sheet.append([])
    heads = [
        _("Employee"),
        pgettext("team", "Line"),
        _("Paper"),
        _("Day"),
        _("Stands"),
        _("Competence"),
        _("Level"),
        _("Known through"),
        _("Last attempt"),
        _("Questions"),
        _("Points"),
        _("Passed on"),
    ]
    sheet.append([_text(sheet, head, bold=True) for head in heads])
    for one in board.readings:
        for paper in one.papers:
            for line, passed_on in paper.lines:
                row = _row(one, paper, line, passed_on)
                sheet.append([_text(sheet, text) for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(
    one: DutyReading, paper: PaperReading, line: DutyLine, passed_on: datetime.date | None
) -> list[str]:
    last = paper.last
    asked = points = ""
    if last is not None:
        for breakdown in breakdowns(last.counted):
            if breakdown.competence == line.competence_id:
                asked, points = str(breakdown.asked), f"{float(breakdown.points):g}"
    return [
        one.duty.employee.full_name,
        one.duty.team.name,
        str(paper.paper.number),
        paper.paper.day.isoformat(),
        str(STANDINGS[paper.standing]),
        line.competence.name,
        str(line.level),
        line.due_on.isoformat(),
        last.submitted_at.date().isoformat() if last else "",
        asked,
        points,
        passed_on.isoformat() if passed_on else "",
    ]


def _text(sheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
