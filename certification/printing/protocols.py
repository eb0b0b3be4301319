"""The protocol of an examination on paper, with the places where the commission signs."""

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from certification.models import Submission
from certification.results import is_waiting
from certification.selectors.protocols import Asked, Judged, Protocol
from certification.templatetags.certification import points
from common.printing.sheets import LINE, MARGIN, SECOND, TEXT, Sheet, day

SHORT = 16
MEMBERS = 3


def protocol_pdf(protocol: Protocol, at: datetime.datetime) -> bytes:
    """Who was examined, by which blueprint and questions, how it ended, and who signs; as of ``at``."""
    attempt = protocol.attempt
    title = _("Examination protocol %(number)s") % {"number": attempt.pk}
    sheet = Sheet(title=title, at=at)
    sheet.set_y(MARGIN + 12)
    sheet.words(title, 18, bold=True)
    sheet.ln(3)
    _facts(sheet, protocol)
    _head(sheet, _("Blueprint"))
    _table(
        sheet,
        (_("Competence"), _("Level"), _("Questions")),
        [(name, level, count) for name, level, count in protocol.lines],
        (120, 25, 25),
    )
    _head(sheet, _("Questions"))
    _questions(sheet, protocol.asked)
    for judged in protocol.results:
        _result(sheet, judged)
    _commission(sheet)
    sheet.ln(4)
    sheet.words(
        _("Drawn from seed %(seed)s, paper %(sha256)s.")
        % {"seed": attempt.seed, "sha256": attempt.paper_sha256},
        7,
        colour=SECOND,
    )
    sheet.words(_("Printed on %(moment)s.") % {"moment": _moment(at, protocol)}, 7, colour=SECOND)
    return sheet.finished()


def _facts(sheet: Sheet, protocol: Protocol) -> None:
    attempt, submission, employee = protocol.attempt, protocol.submission, protocol.employee
    ended = (_("%(moment)s, the time was over") if submission.by_deadline else "%(moment)s") % {
        "moment": _moment(submission.submitted_at, protocol)
    }
    facts = [
        (_("Examined"), employee.full_name),
        (_("Position"), ", ".join(filter(None, (employee.position_name, employee.team_name)))),
        (_("Personnel number"), employee.external_id or "–"),
        (_("Test"), attempt.quiz.name),
        (_("Begun"), _moment(attempt.started_at, protocol)),
        (_("Handed in"), ended),
        (_ended(submission), day(protocol.day)),
    ]
    for label, value in facts:
        sheet.style(10, colour=SECOND)
        sheet.cell(42, 6, label)
        sheet.style(10)
        sheet.multi_cell(0, 6, value or "–", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _ended(submission: Submission) -> str:
    if is_waiting(submission):
        return _("Waits for an assessor")
    return _("Passed") if submission.counted_passed else _("Not passed")


def _questions(sheet: Sheet, asked: Sequence[Asked]) -> None:
    shows = any(one.score is not None for one in asked)
    heads = ["№", _("Question"), _("Version"), _("Competence"), _("Rests on")]
    widths = [8, 60, 32, 35, 35]
    if shows:
        heads.append(_("Points"))
        widths = [8, 58, 29, 32, 29, 14]
    rows = []
    for one in asked:
        rests = "–"
        if one.number:
            version = _("version %(number)s") % {"number": one.number}
            rests = f"{one.article}, {version}" if one.article else version
        row = [one.slot, one.uuid, one.sha256[:SHORT], f"{one.competence}, {one.level}", rests]
        rows.append([*row, points(one.score or Fraction(0))] if shows else row)
    _table(sheet, heads, rows, widths, size=7)
    if not shows:
        sheet.ln(1)
        sheet.words(
            _("What each answer was worth is not shown: this test does not say what was right."),
            8,
            colour=SECOND,
        )


def _result(sheet: Sheet, judged: Judged) -> None:
    row = judged.rescoring
    if row is None:
        title = _("Result as handed in")
    elif row.appeal:
        title = _("Judged anew on %(day)s: an appeal about question %(n)s was accepted") % {
            "day": day(judged.at.date()),
            "n": row.appeal.slot,
        }
    elif row.assessment:
        title = _("Open answer to question %(n)s assessed on %(day)s by %(name)s") % {
            "day": day(judged.at.date()),
            "n": row.assessment.answer.slot,
            "name": row.assessment.by.get_full_name(),
        }
    elif row.lifted:
        title = _("Judged anew on %(day)s: a question came back") % {"day": day(judged.at.date())}
    else:
        title = _("Judged anew on %(day)s: a question was suspended") % {
            "day": day(judged.at.date())
        }
    _head(sheet, title)
    rows = [
        (name, one.level, f"{points(one.points)} / {one.asked}", _verdict(one.passed, one.waiting))
        for name, one in judged.competences
    ]
    verdict = _verdict(judged.passed, bool(judged.waiting))
    whole = (_("In all"), "", f"{points(judged.points)} / {judged.asked}", verdict)
    heads = (_("Competence"), _("Level"), _("Points"), _("Result"))
    _table(sheet, heads, [*rows, whole], (85, 20, 30, 35))


def _commission(sheet: Sheet) -> None:
    """The places of the chair, the members and the person examined; on one page."""
    needed = 14 + 11 * (MEMBERS + 1)
    if sheet.y + needed > sheet.page_break_trigger:
        sheet.add_page()
    _head(sheet, _("Commission"))
    signers = [_("Chair"), *[_("Member")] * (MEMBERS - 1), _("Examined")]
    for role in signers:
        sheet.ln(5)
        sheet.style(9, colour=SECOND)
        sheet.cell(30, 5, role)
        bottom = sheet.y + 5
        sheet.set_draw_color(*TEXT)
        sheet.set_line_width(0.2)
        for start, end in ((32, 92), (97, 137), (142, 170)):
            sheet.line(MARGIN + start, bottom, MARGIN + end, bottom)
        sheet.set_xy(MARGIN + 32, bottom + 0.5)
        sheet.style(6.5, colour=SECOND)
        sheet.cell(65, 3, pgettext("of a signature", "name"))
        sheet.cell(45, 3, _("signature"))
        sheet.cell(28, 3, pgettext("of a signature", "day"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _head(sheet: Sheet, words: str) -> None:
    if sheet.y + 24 > sheet.page_break_trigger:
        sheet.add_page()
    sheet.ln(5)
    sheet.words(words, 12, bold=True)
    sheet.ln(1)


def _table(
    sheet: Sheet,
    heads: Sequence[str],
    rows: Iterable[Sequence],
    widths: Sequence[float],
    *,
    size: float = 9,
) -> None:
    sheet.style(size)
    sheet.set_draw_color(*LINE)
    sheet.set_line_width(0.2)
    with sheet.table(
        col_widths=tuple(widths),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="", color=SECOND),
        line_height=size * 0.52,
        padding=(1, 1.5, 1, 0),
        text_align="LEFT",
    ) as table:
        for line in (heads, *rows):
            row = table.row()
            for value in line:
                row.cell(str(value))


def _verdict(passed: bool, waiting: bool) -> str:
    if waiting and not passed:
        return _("waits for an assessor")
    return pgettext("test", "passed") if passed else pgettext("test", "not passed")


def _moment(at: datetime.datetime, protocol: Protocol) -> str:
    return date_format(at.astimezone(protocol.attempt.employee.tz), "j E Y, H:i")
