"""Wrong keyboard layout: the same keys pressed in the other of the two layouts. Pure."""

RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,."

_TO_RUSSIAN = str.maketrans(
    dict(zip(ENGLISH, RUSSIAN, strict=True))
    | dict(zip('{}:"<>', "хъжэбю", strict=True))
    | {"`": "е", "~": "е"}
)
_TO_ENGLISH = str.maketrans(dict(zip(RUSSIAN, ENGLISH, strict=True)))

PUNCTUATION_KEYS = frozenset("[];'`{}")
"""Keys that carry a letter in the Russian layout and hardly ever stand inside an English query."""


def to_russian(text: str) -> str:
    """What the keys of ``text`` give in the Russian layout."""
    return text.lower().translate(_TO_RUSSIAN)


def to_english(text: str) -> str:
    """What the keys of ``text`` give in the English layout."""
    return text.lower().replace("ё", "`").translate(_TO_ENGLISH)
