"""What is asked of an engine for an understood query, in no engine's language: the two roads to candidates. Pure.

Every weight that scores inside an engine is named here. An engine translates the clauses, narrows the search to the
scope before anything is cut, and scores by BM25.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search import families, ranking
from search.understanding import Group, Understood

FIELD_BOOSTS = (("title", 0.7), ("headings", 0.3), ("text", 1.0))
"""For short queries; of a long one, and of what was only guessed, the text is asked, which holds the title too."""

FIELD_TIE = 0.6
ALTERNATIVE_TIE = 0.1
"""Alternatives of one word are a best-of group, never a sum: guesses must not outweigh what was typed."""

RELATIVE = 0.8
"""Another word of the same family, against 1 for the word itself."""

NEIGHBOURS = 0.6
"""What two words side by side in a passage add, against 1 for each of them."""

COMMON = 0.1
"""A word in more than this share of the articles is common."""

COMMON_WEIGHT = math.log(1 + 1 / COMMON)
"""The inverse frequency of a word in exactly that share."""

SOME_ARTICLES, SOME_PASSAGES, WHOLE = 35, 45, 30

MOST_WHOLE = 8
"""Of more words an article seldom holds every one: looking for it costs most and finds least."""

WIDENED = 6
"""Of a longer query only so many words, the most telling, are met by their relatives and paraphrases too."""

Road = Literal["articles", "passages"]


@dataclass(frozen=True, slots=True)
class Term:
    """Holds ``value`` in ``field``."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Holds ``terms`` in this order, with at most ``slop`` others between them."""

    field: str
    terms: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class BestOf:
    """The score of the best clause, and ``tie`` of each other one."""

    clauses: "tuple[Clause, ...]"
    tie: float


Clause = Term | Phrase | BestOf


@dataclass(frozen=True, slots=True)
class Look:
    """One search on one road; ``whole``: its hits hold all the words, ``wanted`` only adds to the score."""

    road: Road
    required: tuple[Clause, ...]
    wanted: tuple[Clause, ...]
    limit: int
    whole: bool


def looks_of(understood: Understood, weight_of: Callable[[str], float]) -> list[Look]:
    """Everything to look for: articles and passages with any of the words, then articles with all of them.

    Passages with all of them are among the first already, since so little text seldom holds every word by accident.
    """
    long = len(understood.groups) > ranking.LONG_QUERY
    narrow = _said_plainly(understood.groups, weight_of)
    phrases = tuple(phrase("text", terms) for terms in understood.phrases)
    in_passages = tuple(
        _in_text(group.terms[0][0], 1.0) if place in narrow else _best_of(group, _in_text)
        for place, group in enumerate(understood.groups)
    )
    in_articles = in_passages if long else tuple(_best_of(g, _in_fields) for g in understood.groups)
    pairs = _neighbours(understood.groups, weight_of)
    looks = [
        Look("articles", phrases, in_articles, SOME_ARTICLES, whole=False),
        Look("passages", phrases, (*pairs, *in_passages), SOME_PASSAGES, whole=False),
    ]
    if 1 < len(in_articles) <= MOST_WHOLE:
        looks.append(Look("articles", (*phrases, *in_articles), (), WHOLE, whole=True))
    return looks


def _said_plainly(groups: Sequence[Group], weight_of: Callable[[str], float]) -> frozenset[int]:
    """The places of words that stand for nothing but themselves: the commonest of a long query, if known at all."""
    if len(groups) <= WIDENED:
        return frozenset()
    weights = [weight_of(group.terms[0][0]) for group in groups]
    order = sorted(range(len(groups)), key=lambda place: -weights[place])
    return frozenset(place for place in order[WIDENED:] if groups[place].terms[0][1] == 1.0)


def _in_text(term: str, weight: float) -> Clause:
    return Term("text", term, weight)


def _in_fields(term: str, weight: float) -> Clause:
    return BestOf(
        tuple(Term(name, term, boost * weight) for name, boost in FIELD_BOOSTS), FIELD_TIE
    )


def _best_of(group: Group, of_term: Callable[[str, float], Clause]) -> Clause:
    (first, weight), *others = group.terms
    clauses = [of_term(first, weight)]
    clauses += [(_in_text if share < 1 else of_term)(term, share) for term, share in others]
    if family := families.family(first):
        clauses.append(Term("families", family, RELATIVE * weight))
    return clauses[0] if len(clauses) == 1 else BestOf(tuple(clauses), ALTERNATIVE_TIE)


def phrase(field: str, terms: Sequence[str]) -> Clause:
    """The terms side by side; a single one is no phrase."""
    return Term(field, terms[0]) if len(terms) == 1 else Phrase(field, tuple(terms))


def _neighbours(groups: Sequence[Group], weight_of: Callable[[str], float]) -> tuple[Clause, ...]:
    """Words typed side by side that stand so, with at most one other between them.

    Two words that both stand almost everywhere are left out: comparing their places costs most and says least.
    """
    first = [group.terms[0][0] for group in groups]
    common = [weight_of(term) < COMMON_WEIGHT for term in first] if len(first) > 1 else []
    return tuple(
        Phrase("text", (left, right), slop=1, boost=NEIGHBOURS)
        for (left, left_common), (right, right_common) in pairwise(zip(first, common, strict=False))
        if left != right and not (left_common and right_common)
    )
