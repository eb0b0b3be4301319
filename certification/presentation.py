"""How a question of each kind is laid out on its page: choices, a text, a page to write on, lists, text with gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from certification.kinds.writing import LONGEST_ANSWER
from certification.papers import Sheet
from certification.wording import ASKED

SEVERAL = ("multiple", "mark")
TEXTS = ("short", "find", "numeric")


@dataclass(frozen=True)
class Choice:
    """One choice, and whether it is taken."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One field of several: a list if there are ``choices``, else a line to type in. ``before`` runs into it."""

    label: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    is_number: bool = False
    before: str = ""


@dataclass(frozen=True)
class Layout:
    """A question ready for its template. ``look`` is choices, text, page, fields or gaps."""

    sheet: Sheet
    look: str
    asked: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    text: str = ""
    is_number: bool = False
    fields: tuple[Field, ...] = ()
    after: str = ""
    longest: int = 0


def lay_out(sheet: Sheet, given: Sequence[str]) -> Layout:
    """``sheet`` with what was answered so far."""
    asked, shown = str(ASKED[sheet.kind]), sheet.shown
    if sheet.kind in TEXTS:
        is_number = sheet.kind == "numeric"
        return Layout(sheet, "text", asked, text=given[0] if given else "", is_number=is_number)
    if sheet.kind == "open":
        text = given[0] if given else ""
        return Layout(sheet, "page", asked, text=text, longest=LONGEST_ANSWER)
    if sheet.kind == "true_false":
        words = {"true": _("True"), "false": _("Not true")}
        choices = tuple(Choice(key, said, key in given) for key, said in words.items())
        return Layout(sheet, "choices", asked, choices=choices)
    if sheet.kind == "gap":
        fields, after = _gaps(shown["pieces"], given)
        return Layout(sheet, "gaps", asked, fields=fields, after=after)
    if sheet.kind in ("ordering", "matching", "classify"):
        return Layout(sheet, "fields", asked, fields=_fields(sheet.kind, shown, given))
    choices = _choices(shown["choices"], given)
    return Layout(sheet, "choices", asked, choices=choices, several=sheet.kind in SEVERAL)


def _choices(shown: Sequence[Mapping[str, str]], taken: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(one["key"], one["text"], one["key"] in taken) for one in shown)


def _fields(kind: str, shown: Mapping[str, Any], given: Sequence[str]) -> tuple[Field, ...]:
    if kind == "ordering":
        steps = shown["steps"]
        rows = [(_("Step %(n)s") % {"n": n}, steps) for n in range(1, len(steps) + 1)]
    elif kind == "matching":
        rows = [(part, shown["choices"]) for part in shown["parts"]]
    else:
        rows = [(field["name"], field["choices"]) for field in shown["fields"]]
    return tuple(
        Field(label, _choices(choices, [_at(given, place)]))
        for place, (label, choices) in enumerate(rows)
    )


def _gaps(
    pieces: Sequence[Mapping[str, Any]], given: Sequence[str]
) -> tuple[tuple[Field, ...], str]:
    fields = []
    for place, piece in enumerate(pieces[:-1]):
        gap, value = piece["gap"], _at(given, place)
        fields.append(
            Field(
                _("Gap %(n)s") % {"n": place + 1},
                _choices(gap["choices"], [value]),
                value=value,
                is_number=gap["number"],
                before=piece["text"],
            )
        )
    return tuple(fields), pieces[-1]["text"]


def _at(given: Sequence[str], place: int) -> str:
    return given[place] if place < len(given) else ""
