"""Names of people: which word one is addressed by. Pure, no framework."""

import re
import unicodedata

PATRONYMIC = re.compile(r"(ович|евич|ьич|кузьмич|фомич|лукич|овна|евна|ична|инична|оглы|кызы)$")
SURNAME = re.compile(
    r"(ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ский|ская|цкий|цкая|ной|ный|ная|енко|чук|юк|дзе|швили|ян|ых|их)$"
)
# First names that end as surnames do.
FIRST_NAMES = {
    "лев", "константин", "валентин", "валентина", "марина", "ирина", "екатерина", "полина", "алина", "нина",
    "карина", "галина", "кристина", "регина", "арина", "дина", "зина", "инна", "антонина", "мартин", "августин",
    "ян", "севастьян", "касьян", "демьян", "лукьян", "фабиан", "ангелина", "эвелина", "аделина", "сабина", "марьяна",
    "бенжамин", "вениамин", "магдалина", "альбина", "фаина", "василина", "руфина",
}  # fmt: skip


def tidy(name: str) -> str:
    """``name`` in composed characters, without line breaks or doubled blanks."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def split_name(full_name: str) -> tuple[str, str]:
    """The first name and the surname in ``full_name``, whichever comes first; a patronymic is left out.

    "Анна Кравцова", "Кравцова Анна" and "Кравцова Анна Сергеевна" all give ("Анна", "Кравцова").
    """
    words = tidy(full_name).split()
    if len(words) < 2:
        return (words[0] if words else "", "")
    keys = [word.casefold() for word in words]
    if len(words) >= 3 and PATRONYMIC.search(keys[2]):
        return words[1], words[0]
    if len(words) >= 3 and PATRONYMIC.search(keys[1]):
        return words[0], " ".join(words[2:])
    if len(words) == 2 and _is_surname(keys[0]) and not _is_surname(keys[1]):
        return words[1], words[0]
    return words[0], " ".join(words[1:])


def _is_surname(word: str) -> bool:
    return word not in FIRST_NAMES and bool(SURNAME.search(word))
