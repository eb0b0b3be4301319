"""What a cell says: dates, lists, names. Judges the value and words the complaint; knows nothing of rows."""

import datetime
import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from people.importing.tables import Cell
from people.importing.workbooks import Formula
from people.names import tidy
from people.refusals import Refusal
from people.roles import Role

FORMULA_STARTS = ("=", "@", "+", "-")
NOTHING = {"", "-", "–", "—"}
RUSSIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
EARLIEST, LATEST = datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)
NEAR = 60


class BadCell(Refusal):
    """The cell does not say what its column needs; the text completes "Row 14: …"."""


def text_of(cell: Cell) -> str:
    """The text of ``cell`` in composed characters, blanks tidied; "" for an empty one. Raises BadCell."""
    if isinstance(cell, Formula):
        raise BadCell(_("a formula stands here; paste its value instead"))
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = tidy(str(cell or ""))
    if text in NOTHING:
        return ""
    if text.startswith(FORMULA_STARTS):
        raise BadCell(_("“%(text)s” looks like a formula") % {"text": text[:40]})
    if any(unicodedata.category(character) in ("Cc", "Cf") for character in text):
        raise BadCell(
            _("“%(text)s” contains invisible characters") % {"text": printable(text)[:40]}
        )
    return text


def printable(text: str) -> str:
    """``text`` without characters that nobody sees."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))


def name_of(cell: Cell) -> str:
    """A name of a person, team or position: one alphabet in a word. Raises BadCell."""
    text = text_of(cell)
    for word in re.findall(r"\w+", text):
        alphabets = {unicodedata.name(c, "").split()[0] for c in word if c.isalpha()}
        if {"LATIN", "CYRILLIC"} <= alphabets:
            raise BadCell(_("“%(word)s” mixes Latin and Cyrillic letters") % {"word": word})
    return text


def date_of(cell: Cell) -> datetime.date | None:
    """A day: a real date, 31.12.2026 or 2026-12-31; None for an empty cell. Raises BadCell."""
    if isinstance(cell, datetime.datetime):
        day = cell.date()
    elif isinstance(cell, datetime.date):
        day = cell
    else:
        text = text_of(cell)
        if not text:
            return None
        day = _parsed(text)
    if not EARLIEST <= day <= LATEST:
        raise BadCell(_("the year of %(day)s is unlikely") % {"day": f"{day:%d.%m.%Y}"})
    return day


def _parsed(text: str) -> datetime.date:
    try:
        if match := RUSSIAN_DATE.fullmatch(text):
            day, month, year = map(int, match.groups())
            return datetime.date(year, month, day)
        if match := ISO_DATE.fullmatch(text):
            return datetime.date(*map(int, match.groups()))
    except ValueError:
        pass
    raise BadCell(
        _("“%(text)s” is not a date; write 31.12.2026 or 2026-12-31") % {"text": text[:40]}
    )


def key_of(name: str) -> str:
    """The form under which names of teams, positions and columns are compared."""
    return name.casefold().replace("ё", "е")


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of ``names`` that ``name`` was most likely meant to be; "" if none comes close."""
    by_key = {key_of(other): other for other in names}
    best = process.extractOne(key_of(name), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return by_key[best[0]] if best else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """ ", did you mean “…”?", or nothing."""
    found = nearest(name, names)
    return _("; did you mean “%(name)s”?") % {"name": found} if found else ""


def roles_of(cell: Cell) -> frozenset[str] | None:
    """Roles by their names in either language, divided by commas or semicolons; None for an empty cell.

    Raises BadCell for a role that does not exist.
    """
    text = text_of(cell)
    if not text:
        return None
    names = role_names()
    found = set()
    for part in re.split(r"[,;/]", text):
        key = key_of(tidy(part))
        if key and key not in names:
            raise BadCell(
                _("no role “%(role)s”") % {"role": tidy(part)} + did_you_mean(part, names)
            )
        if key:
            found.add(names[key])
    return frozenset(found)


def role_names() -> dict[str, str]:
    """Every name a role goes by in a file: its value, its English and its Russian label."""
    names = {role.value: role.value for role in Role}
    names |= {key_of(str(role.label)): role.value for role in Role}
    return names | RUSSIAN_ROLES


# Files are Russian or English whatever the language of the command.
RUSSIAN_ROLES = {
    "оператор": Role.OPERATOR.value,
    "наставник": Role.MENTOR.value,
    "тренер": Role.TRAINER.value,
    "редактор": Role.EDITOR.value,
    "специалист по качеству": Role.REVIEWER.value,
    "контроль качества": Role.REVIEWER.value,
    "руководитель": Role.LEAD.value,
    "кадры": Role.HR.value,
    "персонал": Role.HR.value,
    "аудитор": Role.AUDITOR.value,
    "администратор": Role.ADMINISTRATOR.value,
    "quality reviewer": Role.REVIEWER.value,
    "team lead": Role.LEAD.value,
    "human resources": Role.HR.value,
}
