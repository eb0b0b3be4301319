"""Russian words in Latin letters: one canonical key per sound, whatever scheme was used. Pure."""

import re

_FROM_RUSSIAN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufie", strict=True))
    | {
        "ж": "zh",
        "х": "h",
        "ц": "c",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ъ": "",
        "ь": "",
        "ю": "u",
        "я": "a",
    }
)
_FROM_LATIN = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("ts", "c"),
    ("yu", "u"),
    ("iu", "u"),
    ("ju", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
    ("yo", "e"),
    ("ye", "e"),
    ("je", "e"),
    ("x", "h"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("'", ""),
)
_DOUBLED = re.compile(r"(.)\1+")


def key_of_russian(word: str) -> str:
    """The canonical key of a folded Russian word: ``подключение`` gives ``podkluchenie``."""
    return _DOUBLED.sub(r"\1", word.translate(_FROM_RUSSIAN))


def key_of_latin(word: str) -> str:
    """The canonical key of a Latin spelling: ``podklyuchenie`` and ``podkluchenie`` give the same."""
    key = word.lower()
    for spelling, sound in _FROM_LATIN:
        key = key.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", key)
