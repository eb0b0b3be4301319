"""Reading a table of questions, as it was exported or as somebody typed it."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from certification.exchange.building import (
    FULL,
    Answer,
    Built,
    chosen_one,
    chosen_several,
    in_own_words,
    true_or_false,
    typed_text,
)
from certification.exchange.finishing import WHOLE, Collector, Draft
from certification.exchange.identity import PREFIX, category_of
from certification.exchange.items import Reading, Unreadable, Unsuitable
from certification.exchange.notes import from_note
from certification.exchange.tables.columns import FACTS, KIND_WORDS, SEVERAL, YES, column_of
from certification.exchange.texts import decoded, one_line, tidy
from certification.kinds import KINDS
from certification.kinds.numbers import number_of
from people.importing.tables import Cell, UnreadableFile, read_table
from people.importing.workbooks import Formula

LONGEST_CELL = 20_000
GUARD = "'"
# What a spreadsheet takes for the beginning of a formula.
GUARDED = ("=", "+", "-", "@", GUARD)


def read_table_of_questions(content: bytes, file: str = "") -> Reading:
    """The questions of a CSV or XLSX file. Raises Unreadable."""
    collector = Collector(file)
    try:
        if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            text, remark = decoded(content)
            collector.remark(remark)
            content = text.encode()
        table = read_table(content, name=file or _("The file"), longest_cell=LONGEST_CELL)
    except UnreadableFile as refusal:
        raise Unreadable(str(refusal)) from None
    columns = [column_of(heading) for heading in table.headings]
    if "question" not in columns or not {"answers", "right"} & set(columns):
        raise Unreadable(_("The table needs a column “question”, and “answers” or “right”."))
    rows = [(line, _cells(columns, cells)) for line, cells in table.rows]
    found = {line: None for line, _row in rows} | {error.line: error for error in table.errors}
    read = dict(rows)
    for line in sorted(found):
        error = found[line]
        try:
            if error is not None:
                raise Unsuitable(error.reason)
            _read_row(line, read[line], collector)
        except Unsuitable as reason:
            collector.refuse(line, str(reason))
    return collector.reading


def _cells(columns: Sequence[str | None], cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    row: dict[str, list[Cell]] = {}
    for column, cell in zip(columns, cells, strict=True):
        if column and cell not in (None, ""):
            row.setdefault(column, []).append(cell)
    return row


def _read_row(line: int, cells: Mapping[str, Sequence[Cell]], collector: Collector) -> None:
    if any(isinstance(cell, Formula) for found in cells.values() for cell in found):
        raise Unsuitable(_("a cell holds a formula; write its value"))
    row = {column: [_text(cell) for cell in found] for column, found in cells.items()}
    said = {column: found[0] for column, found in row.items() if column not in SEVERAL}
    draft = Draft(
        line=line,
        text=said.get("question", ""),
        name=said.get("name", ""),
        key=said.get("id", ""),
        explanation=said.get("explanation", ""),
        category=category_of(said.get("category", "")),
        labels=[
            *said.get("tags", "").splitlines(),
            *(f"{PREFIX}{fact}={said[fact]}" for fact in FACTS if fact in said),
        ],
    )
    kind = _kind(said.get("kind", ""))
    if not draft.text:
        raise Unsuitable(_("there is no question, only answers"))
    if "answers" in said:
        built = from_note(kind or "single", said["answers"])
    else:
        built = _from_columns(
            kind, *(_answers(row.get(column, []), worth) for column, worth in _WORTHS)
        )
    if built.kind == "multiple" and said.get("partial", "").casefold() not in YES:
        draft.labels.append(f"{PREFIX}{WHOLE}")
    if built.kind == "multiple":
        built.body["partial"] = True
    collector.take(draft, built)


_WORTHS = (("right", FULL), ("wrong", FULL * 0))


def _answers(cells: Sequence[str], worth) -> list[Answer]:
    lines = [one_line(line) for cell in cells for line in cell.splitlines()]
    return [Answer(line, worth) for line in lines if line]


def _from_columns(kind: str, right: list[Answer], wrong: list[Answer]) -> Built:
    if kind == "open":
        return in_own_words("\n".join(answer.text for answer in right))
    if not right:
        raise Unsuitable(_("no answer is right"))
    if kind == "true_false":
        return true_or_false(right[0].text.casefold() in YES | {"верно", "правда"})
    if kind == "multiple" or (not kind and len(right) > 1 and wrong):
        return chosen_several([*right, *wrong])
    if kind == "single" or (not kind and wrong):
        return chosen_one([*right, *wrong])
    if kind == "numeric" or (not kind and len(right) == 1 and _is_number(right[0].text)):
        return from_note("numeric", right[0].text)
    if kind in {"", "short"}:
        return typed_text(right)
    return from_note(kind, "\n".join(answer.text for answer in right))


def _is_number(text: str) -> bool:
    try:
        number_of(text)
    except ValueError:
        return False
    return True


def _kind(said: str) -> str:
    plain = " ".join(said.casefold().split())
    if not plain or plain in KINDS:
        return plain
    if plain in KIND_WORDS:
        return KIND_WORDS[plain]
    raise Unsuitable(_("the kind “%(kind)s” is not known here") % {"kind": said[:30]})


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    text = tidy(str(cell))
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(GUARDED) else text
