"""A certificate on paper."""

from django.utils.translation import gettext as _

from certification.selectors.certificates import Reading
from common.printing.sheets import MARGIN, SECOND, Sheet, day

CODE = 38.0


def certificate_pdf(reading: Reading, address: str) -> bytes:
    """Who passed what, until when, and ``address``, where anybody sees what it is worth today."""
    row = reading.certificate
    sheet = Sheet(title=f"{_('Certificate')} {row.number}", at=row.issued_at, landscape=True)
    width = sheet.epw
    sheet.set_y(MARGIN + 18)
    sheet.words(_("Certificate"), 15, colour=SECOND)
    sheet.ln(3)
    sheet.words(row.employee.full_name, 30, bold=True)
    sheet.ln(4)
    sheet.words(_("passed the test “%(name)s”") % {"name": row.test}, 15)
    sheet.ln(6)
    _lines(sheet, reading)
    foot = sheet.h - MARGIN - CODE
    sheet.code(address, x=MARGIN + width - CODE, y=foot, size=CODE)
    sheet.set_y(foot + 3)
    text = width - CODE - 10
    sheet.words(_("Valid until %(day)s") % {"day": day(reading.until)}, 13, bold=True, width=text)
    sheet.ln(1.5)
    sheet.words(
        _("Passed on %(day)s, number %(number)s")
        % {"day": day(row.passed_on), "number": row.number},
        11,
        width=text,
    )
    sheet.ln(4)
    sheet.words(_("What it is worth today:"), 10, colour=SECOND, width=text)
    sheet.words(address, 10, colour=SECOND, width=text)
    return sheet.finished()


def _lines(sheet: Sheet, reading: Reading) -> None:
    """A line for each competence, with its own last day."""
    until = 55.0
    size = 12 if len(reading.lines) <= 4 else 10
    for line in reading.lines:
        sheet.hairline()
        top = sheet.y + 2
        sheet.set_xy(MARGIN, top)
        sheet.style(size)
        words = _("%(name)s, level %(level)s") % {"name": line.name, "level": line.level}
        sheet.cell(sheet.epw - until, size * 0.5, _fitting(sheet, words, sheet.epw - until))
        sheet.style(size, colour=SECOND)
        sheet.cell(until, size * 0.5, _("until %(day)s") % {"day": day(line.until)}, align="R")
        sheet.set_xy(MARGIN, top + size * 0.5 + 2)
    sheet.hairline()


def _fitting(sheet: Sheet, words: str, width: float) -> str:
    """As much of ``words`` as one line holds."""
    if sheet.get_string_width(words) <= width:
        return words
    while words and sheet.get_string_width(f"{words}…") > width:
        words = words[:-1]
    return f"{words.rstrip()}…"
