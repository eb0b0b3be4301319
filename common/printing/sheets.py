"""The look of a printed page: the house's mark and name on top, its typeface, hairlines, one accent."""

import datetime
from pathlib import Path

import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from font_source_sans_pro import font_files_ttf
from fpdf import FPDF
from fpdf.enums import XPos, YPos

FONT = "SourceSansPro"
# The tokens of the light theme: text, its second line, hairline, accent.
TEXT, SECOND, LINE, ACCENT = (20, 27, 36), (63, 73, 85), (218, 222, 228), (29, 78, 202)
MARK = Path(settings.BASE_DIR) / "lms" / "static" / "icons" / "logo.svg"
MARGIN = 20.0
QUIET = 4


class Sheet(FPDF):
    """A page of the house. Lengths are millimetres."""

    def __init__(self, *, title: str, at: datetime.datetime, landscape: bool = False) -> None:
        super().__init__(orientation="L" if landscape else "P", unit="mm", format="A4")
        self.set_margin(MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.add_font(FONT, "", font_files_ttf["SourceSansPro"])
        self.add_font(FONT, "B", font_files_ttf["SourceSansProSemibold"])
        self.add_font(FONT, "I", font_files_ttf["SourceSansProIt"])
        self.add_font(FONT, "BI", font_files_ttf["SourceSansProSemiboldIt"])
        self.set_title(title)
        self.set_author(settings.COMPANY_NAME)
        self.set_lang(get_language() or "ru")
        self.set_creation_date(at)
        self.add_page()
        self._letterhead()

    def _letterhead(self) -> None:
        fill = "#" + "".join(f"{part:02X}" for part in ACCENT)
        mark = MARK.read_text().replace("<path ", f'<path fill="{fill}" ')
        self.image(mark.encode(), x=MARGIN, y=MARGIN - 1, w=8, h=8)
        self.set_xy(MARGIN + 11, MARGIN - 1)
        self.style(12, bold=True)
        self.cell(0, 8, settings.COMPANY_NAME, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def style(self, size: float, *, bold: bool = False, colour=TEXT) -> None:
        """How what follows is written."""
        self.set_font(FONT, "B" if bold else "", size)
        self.set_text_color(*colour)

    def words(self, text: str, size: float = 11, *, bold: bool = False, colour=TEXT, width=0.0):
        """A paragraph from the left margin on."""
        self.style(size, bold=bold, colour=colour)
        self.multi_cell(width, size * 0.52, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def hairline(self, width: float | None = None) -> None:
        """A line across the page, or ``width`` of it."""
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(MARGIN, self.y, MARGIN + (width or self.epw), self.y)

    def code(self, address: str, *, x: float, y: float, size: float) -> None:
        """``address`` as a square to be scanned."""
        rows = [
            list(row)
            for row in segno.make(address, error="m", micro=False).matrix_iter(border=QUIET)
        ]
        step = size / len(rows)
        self.set_fill_color(*TEXT)
        for down, row in enumerate(rows):
            across = 0
            while across < len(row):
                run = across
                while run < len(row) and row[run]:
                    run += 1
                if run > across:
                    # A run is one rectangle: no hairlines between modules, whatever draws them.
                    self.rect(
                        x + across * step, y + down * step, (run - across) * step, step, style="F"
                    )
                across = run + 1

    def finished(self) -> bytes:
        """The file."""
        return bytes(self.output())


def day(value: datetime.date | None) -> str:
    """A day as it is written out; a dash for none."""
    return date_format(value, "j E Y") if value else "–"
