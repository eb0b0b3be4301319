"""One row of a file of people as values: what each cell says, or what is wrong with it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from people.emails import checked_email
from people.importing.cells import BadCell, date_of, name_of, roles_of, text_of
from people.importing.columns import PEOPLE, Columns, recognise
from people.importing.tables import Cell, RowError, Table, UnreadableFile
from people.models import User
from people.refusals import Refusal
from people.zones import known_zones


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """What a row says. None: the cell is empty or there is no such column; mentor "" takes the mentor away."""

    line: int
    email: str
    full_name: str | None = None
    external_id: str | None = None
    team: str | None = None
    parent_team: str | None = None
    position: str | None = None
    mentor: str | None = None
    hired_on: datetime.date | None = None
    left_on: datetime.date | None = None
    assigned_on: datetime.date | None = None
    roles: frozenset[str] | None = None
    zone: str | None = None
    language: str | None = None

    @property
    def key(self) -> str:
        """The address in the form in which addresses are compared."""
        return User.key_of(self.email)


@dataclass(frozen=True)
class PeopleFile:
    """The rows that could be read, what is wrong with the others, and headings nobody asked for."""

    rows: list[PersonRow]
    errors: list[RowError]
    ignored: tuple[str, ...]


def read_people(table: Table) -> PeopleFile:
    """Read every row of ``table``; all complaints come at once. Raises UnreadableFile for wrong headings."""
    columns = recognise(table, PEOPLE)
    if "email" not in columns:
        raise UnreadableFile(_("There is no column “E-mail”."))
    rows: list[PersonRow] = []
    errors = list(table.errors)
    for line, cells in table.rows:
        row, wrong = _read_row(table, columns, line, cells)
        errors += wrong
        if row is not None:
            rows.append(row)
    errors += _twins(rows)
    return PeopleFile(rows, sorted(errors, key=lambda error: error.line), columns.ignored)


READERS: dict[str, Callable[[Cell], object]] = {
    "external_id": lambda cell: text_of(cell) or None,
    "team": lambda cell: name_of(cell) or None,
    "parent_team": lambda cell: name_of(cell) or None,
    "position": lambda cell: name_of(cell) or None,
    "hired_on": date_of,
    "left_on": date_of,
    "assigned_on": date_of,
    "roles": roles_of,
    "zone": lambda cell: _zone(text_of(cell)),
    "language": lambda cell: _language(text_of(cell)),
    # An empty mentor is a statement, where there is such a column.
    "mentor": lambda cell: checked_email(text) if (text := text_of(cell)) else "",
}


def _read_row(
    table: Table, columns: Columns, line: int, cells: tuple[Cell, ...]
) -> tuple[PersonRow | None, list[RowError]]:
    values: dict[str, object] = {}
    errors: list[RowError] = []

    def read(name: str, heading: str, reader: Callable[[], object]) -> None:
        try:
            values[name] = reader()
        except Refusal as refusal:
            errors.append(RowError(line, f"{heading}: {refusal}" if heading else str(refusal)))

    def cell(name: str) -> Cell:
        return cells[columns.index[name]] if name in columns else None

    read("email", "", lambda: _email(cell("email")))
    read("full_name", _("name"), lambda: _full_name(cell, columns))
    for name, reader in READERS.items():
        if name in columns:
            heading = columns.heading(table, name)
            read(name, heading, lambda reader=reader, name=name: reader(cell(name)))
    hired, left = values.get("hired_on"), values.get("left_on")
    if hired and left and left < hired:
        errors.append(RowError(line, _("the last day lies before the first")))
    since = values.get("assigned_on")
    if hired and since and since < hired:
        errors.append(RowError(line, _("the assignment begins before the first day")))
    return (None if errors else PersonRow(line=line, **values)), errors


def _email(cell: Cell) -> str:
    text = text_of(cell)
    if not text:
        raise BadCell(_("there is no e-mail address"))
    return checked_email(text)


def _full_name(cell: Callable[[str], Cell], columns: Columns) -> str | None:
    if "full_name" in columns:
        name = name_of(cell("full_name"))
    else:
        parts = [name_of(cell(part)) for part in ("first_name", "middle_name", "last_name")]
        name = " ".join(filter(None, parts))
    if len(name) > 200:
        raise BadCell(_("longer than %(n)s characters") % {"n": 200})
    return name or None


def _zone(text: str) -> str | None:
    if text and text not in known_zones():
        raise BadCell(_("no time zone “%(zone)s”; write one like Europe/Moscow") % {"zone": text})
    return text or None


def _language(text: str) -> str | None:
    names = {"русский": "ru", "russian": "ru", "английский": "en", "english": "en"}
    code = names.get(text.casefold(), text.casefold())
    if code and code not in dict(settings.LANGUAGES):
        raise BadCell(_("no language “%(language)s”; write ru or en") % {"language": text})
    return code or None


def _twins(rows: list[PersonRow]) -> list[RowError]:
    """Rows that speak of somebody an earlier row speaks of already."""
    errors = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        for kind, value in (("email", row.key), ("number", row.external_id or "")):
            if not value:
                continue
            earlier = seen.setdefault((kind, value), row.line)
            if earlier != row.line:
                what = row.email if kind == "email" else value
                reason = _("%(what)s stands in row %(row)s already") % {
                    "what": what,
                    "row": earlier,
                }
                errors.append(RowError(row.line, reason))
    return errors
