"""The sheet of a controlled copy: what each page says of itself, and how each piece of a body is put on it."""

import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace
from PIL import Image as Pixels

from common.printing.sheets import FONT, LINE, MARGIN, SECOND, TEXT, Sheet
from kb.printing import pieces
from kb.printing.rich_text import Paragraph
from kb.selectors.copies import Copy
from kb.selectors.reading import IMAGE_WIDTH

SIZE = 10.5
INDENT = 6.0
FILL = (240, 243, 246)
# Pictures are kept for sharp screens: so many pixels are an inch on paper, and none is taller than half a page.
PIXELS_PER_INCH, TALLEST = 160, 130.0
FOOT = 26.0
TALL_LINES = 45


class CopySheet(Sheet):
    """A sheet that says on each page what it is a copy of."""

    def __init__(self, copy: Copy, at: datetime.datetime) -> None:
        self.edition = copy
        article = copy.article
        super().__init__(title=article.title, at=at)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.set_lang(article.language)

    def footer(self) -> None:
        """What it is, of which version, and which page."""
        left, self.l_margin = self.l_margin, MARGIN
        self.set_xy(MARGIN, -FOOT + 5)
        self.hairline()
        self.ln(2)
        self.style(8, colour=SECOND)
        words = _("Controlled copy; valid on the day of printing")
        self.cell(self.epw - 30, 4, words)
        page = _("page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(30, 4, page, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        number = _("version %(number)s") % {"number": self.edition.article.version}
        self.cell(0, 4, self.fitting(f"{self.edition.article.title}, {number}", self.epw))
        if self.edition.is_for_staff:
            self.ln(4)
            self.style(8, bold=True)
            self.cell(0, 4, _("For employees only: not to be given to customers"))
        self.l_margin = left

    def fitting(self, words: str, width: float) -> str:
        """As much of ``words`` as one line holds."""
        if self.get_string_width(words) <= width:
            return words
        while words and self.get_string_width(f"{words}…") > width:
            words = words[:-1]
        return f"{words.rstrip()}…"

    def room_for(self, height: float) -> None:
        """A new page, if less than ``height`` is left of this one."""
        if self.y + height > self.page_break_trigger:
            self.add_page()

    def indented(self, by: float) -> None:
        """What follows begins ``by`` further to the right."""
        self.set_left_margin(self.l_margin + by)
        self.set_x(self.l_margin)

    def _keep_together(self, word: str, height: float) -> None:
        """A new line, unless ``word`` fits on this one: fpdf would break it, having seen no space before it."""
        if self.x > self.l_margin and self.x + self.get_string_width(word) > self.w - self.r_margin:
            self.ln(height)

    def paragraph(self, part: Paragraph, *, size: float = SIZE) -> None:
        """A paragraph with its emphasis, its mark hanging before it."""
        height = size * 0.5
        bold = part.heading
        depth = INDENT * part.depth
        self.indented(depth)
        self.style(size, bold=bold)
        if part.mark:
            self.room_for(height)
            self.set_x(self.l_margin - INDENT)
            self.cell(INDENT, height, part.mark)
        for run in part.runs:
            # The typeface has no Cyrillic italics: what leans on the screen is bold on paper.
            self.set_font(FONT, "B" if run.bold or run.italic or bold else "", size)
            self._keep_together(run.text.split(" ", 1)[0], height)
            self.write(height, run.text)
        self.ln(height)
        self.indented(-depth)
        self.ln(1 if part.depth else 2)


def put(piece: pieces.Piece, sheet: CopySheet) -> None:
    """``piece`` onto ``sheet``."""
    _PUT[type(piece)](piece, sheet)


def _heading(piece: pieces.Heading, sheet: CopySheet) -> None:
    sheet.room_for(24)
    sheet.ln(3 if piece.level == 2 else 1)
    sheet.words(piece.words, 14 if piece.level == 2 else 11.5, bold=True)
    sheet.ln(1.5)


def _text(piece: pieces.Text, sheet: CopySheet) -> None:
    if not piece.number:
        for part in piece.paragraphs:
            sheet.paragraph(part)
        return
    sheet.room_for(SIZE)
    sheet.style(SIZE, bold=True)
    sheet.cell(INDENT + 2, SIZE * 0.5, f"{piece.number}.")
    sheet.indented(INDENT + 2)
    for part in piece.paragraphs:
        sheet.paragraph(part)
    sheet.indented(-INDENT - 2)


def _box(piece: pieces.Box, sheet: CopySheet) -> None:
    """Set in from the text between two lines: it may be longer than a page."""
    sheet.room_for(20)
    sheet.ln(1)
    sheet.hairline()
    sheet.ln(2)
    sheet.words(piece.label, 9, bold=True, colour=SECOND)
    sheet.ln(1)
    for part in piece.paragraphs:
        sheet.paragraph(part)
    sheet.hairline()
    sheet.ln(3)


def _code(piece: pieces.Code, sheet: CopySheet) -> None:
    sheet.style(9)
    sheet.set_fill_color(*FILL)
    sheet.multi_cell(
        0,
        4.6,
        piece.words,
        align="L",
        fill=True,
        wrapmode="CHAR",
        padding=2,
        new_x=XPos.LMARGIN,
        new_y=YPos.NEXT,
    )
    sheet.ln(3)


def _table(piece: pieces.Table, sheet: CopySheet) -> None:
    sheet.room_for(20)
    if piece.caption:
        sheet.words(piece.caption, 9, colour=SECOND)
        sheet.ln(1)
    if _is_tall(piece, sheet):
        _rows_as_text(piece, sheet)
        return
    sheet.style(9)
    sheet.set_draw_color(*LINE)
    sheet.set_line_width(0.2)
    # Cells take the colour that filled last, be it that of the code.
    sheet.set_fill_color(255, 255, 255)
    with sheet.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="", color=SECOND),
        line_height=4.7,
        padding=(1, 2, 1, 0),
        text_align="LEFT",
    ) as table:
        for line in (piece.heads, *piece.rows):
            row = table.row()
            for value in line:
                row.cell(value)
    sheet.ln(3)


def _is_tall(piece: pieces.Table, sheet: CopySheet) -> bool:
    """Whether a row may be higher than a page, which no table of the library can be."""
    letters = sheet.epw / max(len(piece.heads), 1) / 3
    lines = max(
        (len(value) / letters + value.count("\n") for row in piece.rows for value in row), default=0
    )
    return letters < 3 or lines > TALL_LINES


def _rows_as_text(piece: pieces.Table, sheet: CopySheet) -> None:
    for row in piece.rows:
        for head, value in zip(piece.heads, row, strict=False):
            sheet.words(f"{head}: {value}", 9)
        sheet.ln(2)
    sheet.ln(3)


def _picture(piece: pieces.Picture, sheet: CopySheet) -> None:
    """The picture as readers get it, no wider than the text; its words where the file cannot be read."""
    try:
        file = piece.image.get_rendition(IMAGE_WIDTH).file
        with file.open("rb") as opened:
            content = opened.read()
        across, down = Pixels.open(BytesIO(content)).size
    except OSError:
        sheet.words(piece.words or piece.caption, 9, colour=SECOND)
        sheet.ln(3)
        return
    width = min(across * 25.4 / PIXELS_PER_INCH, sheet.epw, TALLEST * across / down)
    height = width * down / across
    sheet.room_for(height + 8)
    sheet.image(BytesIO(content), x=sheet.l_margin, w=width, h=height, alt_text=piece.words)
    sheet.ln(1)
    if piece.caption:
        sheet.words(piece.caption, 9, colour=SECOND)
    sheet.ln(3)


def _inside(piece: pieces.Inside, sheet: CopySheet) -> None:
    """Where the part for employees begins and where it ends, each in words."""
    sheet.room_for(24 if piece.begins else 8)
    sheet.ln(2)
    words = _("Staff only") if piece.begins else _("End of the part for staff only")
    sheet.style(9, bold=True)
    sheet.set_text_color(*TEXT)
    sheet.set_fill_color(*FILL)
    sheet.cell(0, 6, f"  {words}", fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(3)


_PUT = {
    pieces.Heading: _heading,
    pieces.Text: _text,
    pieces.Box: _box,
    pieces.Code: _code,
    pieces.Table: _table,
    pieces.Picture: _picture,
    pieces.Inside: _inside,
}
