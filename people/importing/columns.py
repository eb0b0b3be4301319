"""Headings of the files we read, in Russian and English, and which column of a file is which."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from people.importing.cells import key_of
from people.importing.tables import Table, UnreadableFile

# A heading so near to a known one is a slip of the pen and must not be passed over.
SLIP = 84

PEOPLE = {
    "email": ("e-mail", "email", "эл. почта", "электронная почта", "почта", "логин", "login"),
    "full_name": (
        "full name",
        "name",
        "имя и фамилия",
        "фамилия и имя",
        "фио",
        "сотрудник",
        "employee",
    ),
    "last_name": ("last name", "surname", "фамилия"),
    "first_name": ("first name", "given name", "имя"),
    "middle_name": ("middle name", "patronymic", "отчество"),
    "external_id": (
        "personnel number",
        "employee id",
        "табельный номер",
        "таб. номер",
        "табельный №",
    ),
    "team": ("team", "команда", "группа", "отдел", "подразделение", "department"),
    "parent_team": (
        "parent team",
        "part of",
        "вышестоящая команда",
        "входит в",
        "родительская команда",
    ),
    "position": ("position", "job title", "должность"),
    "mentor": ("mentor", "mentor e-mail", "наставник", "почта наставника"),
    "hired_on": (
        "hired on",
        "hired",
        "hire date",
        "дата приема",
        "принят",
        "принята",
        "начало работы",
        "работает с",
    ),
    "left_on": ("left on", "last day", "дата увольнения", "уволен", "последний день"),
    "assigned_on": ("since", "assigned on", "на должности с", "дата перевода", "действует с"),
    "roles": ("roles", "role", "роли", "роль"),
    "zone": ("time zone", "zone", "часовой пояс"),
    "language": ("language", "язык"),
}
SHIFTS = {
    "person": (
        "employee",
        "e-mail",
        "email",
        "personnel number",
        "сотрудник",
        "почта",
        "табельный номер",
    ),
    "starts_at": ("starts at", "start", "from", "начало", "с"),
    "ends_at": ("ends at", "end", "until", "to", "конец", "окончание", "по", "до"),
    "day": ("day", "date", "дата", "день"),
}


@dataclass(frozen=True)
class Columns:
    """Which column of a table holds which field, and the headings nobody asked for."""

    index: dict[str, int]
    ignored: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.index

    def heading(self, table: Table, name: str) -> str:
        """The heading of the field ``name`` as it stands in the file."""
        return table.headings[self.index[name]]


def heading_key(heading: str) -> str:
    """The form under which headings are compared: letters and figures only."""
    return re.sub(r"[\W_]+", " ", key_of(heading)).strip()


def recognise(table: Table, known: dict[str, tuple[str, ...]]) -> Columns:
    """Find the fields of ``known`` among the headings of ``table``.

    Raises UnreadableFile if two columns mean the same or a heading is a misspelt one of ours.
    """
    names = {heading_key(alias): field for field, aliases in known.items() for alias in aliases}
    index: dict[str, int] = {}
    ignored = []
    for position, heading in enumerate(table.headings):
        key = heading_key(heading)
        field = names.get(key)
        if field is None:
            if slip := process.extractOne(key, list(names), scorer=fuzz.ratio, score_cutoff=SLIP):
                raise UnreadableFile(
                    _("There is no column “%(heading)s”; did you mean “%(name)s”?")
                    % {"heading": heading, "name": slip[0]}
                )
            if heading:
                ignored.append(heading)
        elif field in index:
            raise UnreadableFile(
                _("The columns “%(first)s” and “%(second)s” say the same.")
                % {"first": table.headings[index[field]], "second": heading}
            )
        else:
            index[field] = position
    return Columns(index, tuple(ignored))
