"""Families of Russian words: one name for verb, noun and adjective of one root. Pure.

«Переслать», «пересылка» and «пересылаемый» are three dictionary forms, and whoever describes a fault seldom takes the
one that stands in the article. A family is found by rules of word formation: take off the ending and suffix of the
part of speech, then the suffix that linked it to the root, then even out the consonants that change before them
(``подключ|ить``, ``подключ|ение``; ``добав|ить``, ``добавл|ение``; ``запус|тить``, ``запус|кать``). It errs now and
then, so a relative counts for less than the word itself.
"""

import re
from functools import lru_cache

LEAST_ROOT = 4
"""A shorter remainder, prefix included, says too little of a root."""

SHORTEST = 5
"""Shorter words have no family but themselves."""

_WORD = re.compile(f"[а-я]{{{SHORTEST},}}")
_REFLEXIVE = re.compile("с[яь]$")
_VOWELS_AT_THE_END = re.compile("[аеиоуыэюяйь]+$")


def _longest_first(suffixes: str) -> tuple[str, ...]:
    return tuple(sorted(suffixes.split(), key=len, reverse=True))


_OF_SPEECH = _longest_first(
    """
    ировать ирование ировка ировочный ированный ирующий изация изировать изованный
    овать ование овка ованный ованность евать евание ывать ывание ивать ивание ывающий ивающий
    ать ять еть ить уть ти чь ание ение яние тие анный янный енный анность енность
    атель итель тель атель щик чик ник ниц ница ец
    ация яция иция ция ационный яционный ционный аемость емость имость
    ательный ительный тельный ательность ость ность ство ствие
    ский ческий ической ический ичный ный ной ний овый евый овой ивый чивый льный
    ка ок ек ик ко ия ие ье ья а я о е ь й ы и
    """
)
"""Ends of verbs, nouns and adjectives in their dictionary form."""

_LINKING = (
    "иров",
    "ыва",
    "ива",
    "ова",
    "ева",
    "ств",
    "ов",
    "ев",
    "ен",
    "ян",
    "ан",
    "ир",
    "н",
    "л",
    "ч",
)
"""What may still stand between the root and what was taken off."""

_CHANGING = (
    ("жд", "ж"),
    ("вл", "в"),
    ("бл", "б"),
    ("пл", "п"),
    ("мл", "м"),
    ("фл", "ф"),
    ("ст", "щ"),
    ("ск", "щ"),
)
_ALIKE = str.maketrans("дзгткцщсх", "жжжччччшш")
"""Consonants that take each other's place at the end of a root, under one letter."""


@lru_cache(maxsize=40_000)
def family(term: str) -> str:
    """The name of the family ``term`` belongs to; empty for what has none: short words, other scripts, codes."""
    if not _WORD.fullmatch(term):
        return ""
    root = _without(_OF_SPEECH, _REFLEXIVE.sub("", term))
    root = _without(_LINKING, root)
    root = _VOWELS_AT_THE_END.sub("", root)
    for changed, plain in _CHANGING:
        if len(root) > LEAST_ROOT and root.endswith(changed):
            root = root[: -len(changed)] + plain
            break
    return root[:-1] + root[-1].translate(_ALIKE) if len(root) >= LEAST_ROOT else ""


def _without(suffixes: tuple[str, ...], word: str) -> str:
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_ROOT:
            return word[: -len(suffix)]
    return word
