"""A controlled copy of an article: which version it is, when it was printed, where to see whether it still holds."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf.enums import XPos, YPos

from common.printing.sheets import MARGIN, SECOND
from kb.printing.copy_sheets import CopySheet, put
from kb.printing.pieces import pieces_of
from kb.selectors.copies import Copy

CODE = 30.0


def article_pdf(copy: Copy, *, address: str, at: datetime.datetime, by: str) -> bytes:
    """``copy`` printed ``at`` a moment ``by`` somebody, or nobody named; ``address`` says whether it still holds."""
    sheet = CopySheet(copy, at)
    _head(sheet, address, at, by)
    if copy.article.answer:
        sheet.words(copy.article.answer, 12.5)
        sheet.ln(4)
    for piece in pieces_of(copy.reading.blocks, copy.reading.links):
        put(piece, sheet)
    _source(sheet)
    return sheet.finished()


def _head(sheet: CopySheet, address: str, at: datetime.datetime, by: str) -> None:
    """Title and facts at the left, the code at the right."""
    copy, article = sheet.edition, sheet.edition.article
    top = MARGIN + 12
    width = sheet.epw - CODE - 8
    sheet.code(address, x=MARGIN + sheet.epw - CODE, y=top, size=CODE)
    sheet.link(MARGIN + sheet.epw - CODE, top, CODE, CODE, address)
    sheet.set_xy(MARGIN + sheet.epw - CODE, top + CODE)
    sheet.style(7.5, colour=SECOND)
    sheet.multi_cell(CODE, 3.4, _("Does this copy still hold?"), align="C")
    below = sheet.y
    sheet.set_xy(MARGIN, top)
    sheet.words(article.title, 20, bold=True, width=width)
    sheet.ln(2)
    since = _moment(copy.since) if copy.since else "–"
    printed = f"{_moment(at)}, {by}" if by else _moment(at)
    facts = [
        (_("Version"), str(article.version)),
        (_("In force since"), since),
        (_("Printed"), printed),
    ]
    for label, value in facts:
        sheet.style(9, colour=SECOND)
        sheet.cell(32, 5, label)
        sheet.style(9)
        sheet.multi_cell(width - 32, 5, value, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(1)
    sheet.words(_("Controlled copy; valid on the day of printing"), 9, bold=True, width=width)
    if copy.is_for_staff:
        words = _("For employees only: not to be given to customers")
        sheet.words(words, 9, bold=True, width=width)
    sheet.set_y(max(sheet.y, below) + 3)
    sheet.hairline()
    sheet.ln(4)


def _source(sheet: CopySheet) -> None:
    """Where an imported text comes from: its licence asks for that on paper too."""
    article = sheet.edition.article
    source = article.source_attribution or article.source_url
    words = [f"{_('Source:')} {source}"] if source else []
    if article.source_licence:
        words.append(_("licence %(licence)s") % {"licence": article.source_licence})
    if words:
        sheet.ln(3)
        sheet.words(" · ".join(words), 8, colour=SECOND)


def _moment(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "j E Y, H:i")
