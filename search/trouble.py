"""Whether words tell of something that goes wrong. Pure.

Whoever describes a fault is helped by an article about a fault, and seldom by one that says how the same thing is set
up; the words in which both tell of it differ, so no word of the one need stand in the other.
"""

import re
from collections.abc import Iterable

from search import analysis

_NAMED = """
ошибка сбой проблема неполадка неисправность невозможно устранить устранение исправить исправление отсутствовать
диагностика предупреждение
error problem issue troubleshoot troubleshooting fix fixes fail fails failed failure cannot unable
"""
"""What a title calls it."""

_HAPPENING = "возникать возникнуть появляться появиться удаваться удаться испытывать получаться"
"""What people say it does."""

_terms = frozenset(map(analysis.stem, re.findall("[a-z]+", _NAMED)))
NAMED = _terms | frozenset(re.findall("[а-я]+", _NAMED))
TOLD = NAMED | frozenset(_HAPPENING.split())

NOT = frozenset(("не", "нет", "not", "t"))
"""Words that deny, as they stand in the text; of «can't» the last letter is one."""


def named_by(terms: Iterable[str], words: Iterable[str]) -> bool:
    """Whether a title with these terms and words names a trouble."""
    return not (NAMED.isdisjoint(terms) and NOT.isdisjoint(words))


def told_by(terms: Iterable[str], text: str) -> bool:
    """Whether a query with these terms tells of one; ``text`` is the query as typed."""
    return not (TOLD.isdisjoint(terms) and NOT.isdisjoint(analysis.words(text)))
