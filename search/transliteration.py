"""Russian words in Latin letters and the reverse: one canonical key per sound, whatever the scheme. Pure.

A Russian word is first written in one plain scheme; then that spelling and whatever was typed go through the
same simplification, so every scheme meets every other.
"""

import re

_PLAIN_SCHEME = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
    | {"ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_SIMPLER = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("ph", "f"),
    ("ck", "k"),
    ("ts", "c"),
    ("tz", "c"),
    ("w", "v"),
    ("q", "k"),
    ("y", "i"),
    ("j", "i"),
    ("'", ""),
)
_SOFT_O = re.compile(r"i+o")
_SOFT_VOWEL = re.compile(r"i+(?=[aeu])")
_DOUBLED = re.compile(r"(.)\1+")


def key_of_russian(word: str) -> str:
    """The canonical key of a folded Russian word: ``подключение`` gives ``podkluchene``."""
    return _simplified(word.translate(_PLAIN_SCHEME))


def keys_of_latin(word: str) -> list[str]:
    """The canonical keys of a Latin spelling, the likelier first; an x may be a ``кс`` or a ``х``."""
    word = word.lower()
    spellings = [word.replace("x", "ks"), word.replace("x", "h")] if "x" in word else [word]
    return [_simplified(spelling) for spelling in spellings]


def _simplified(key: str) -> str:
    for spelling, sound in _SIMPLER:
        key = key.replace(spelling, sound)
    key = _SOFT_VOWEL.sub("", _SOFT_O.sub("e", key))
    return _DOUBLED.sub(r"\1", key)
