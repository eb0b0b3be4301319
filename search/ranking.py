"""Reranking the engines' candidates by what is known of titles. Pure; every weight is named here.

An engine says which articles and which passages match and how well by BM25. Here the scores of both are
brought to one scale and a few judgements are added that no BM25 makes: how much of the query stands in the
title, whether nothing else does, whether the words stand side by side, whether all words were found, and
whether what was typed so far is the beginning of a title.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.understanding import Group, Understood

LONG_QUERY = 5
"""Above so many words a query is prose: its title match says less, its passages say more."""

PASSAGE, PASSAGE_LONG = 0.8, 1.2
TITLE, TITLE_LONG = 0.8, 0.25
PRECISION, ADJACENCY = 0.4, 0.2
WHOLE_ARTICLE, WHOLE_PASSAGE = 0.2, 0.3
TITLE_BEGUN = 0.6
ABSENT = 0.8
"""An article found only on the other road is given this share of the lowest score of this road."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as ranking needs it: its words as written and its terms in order."""

    words: frozenset[str]
    terms: tuple[str, ...]


@dataclass(slots=True)
class Candidate:
    """An article an engine proposes, with its raw scores."""

    article: int
    title: Title
    article_score: float | None = None
    passage_score: float | None = None
    passage: int | None = None
    whole_article: bool = False
    whole_passage: bool = False


def inverse_frequency(frequency: int, total: int) -> float:
    """How telling a term is that occurs in ``frequency`` of ``total`` articles."""
    return math.log(1 + (total + 0.5) / (min(total, frequency) + 0.5))


def rerank(
    understood: Understood, candidates: Sequence[Candidate], weight_of: Callable[[str], float]
) -> list[tuple[float, Candidate]]:
    """The candidates with their final scores, best first; ``weight_of`` is the IDF of a term."""
    groups = understood.groups
    long = len(groups) > LONG_QUERY
    passage_weight = PASSAGE_LONG if long else PASSAGE
    title_weight = TITLE_LONG if long else TITLE
    weights = [max(weight_of(term) for term, _ in group.terms) for group in groups]
    total = sum(weights) or 1.0
    by_article = _Scale(candidate.article_score for candidate in candidates)
    by_passage = _Scale(candidate.passage_score for candidate in candidates)
    scored = []
    for candidate in candidates:
        score = by_article.of(candidate.article_score)
        score += passage_weight * by_passage.of(candidate.passage_score)
        score += title_weight * _title_score(groups, weights, total, candidate.title.terms)
        if _title_begun(understood.words, candidate.title.words):
            score += TITLE_BEGUN
        if len(groups) > 1:
            score += WHOLE_ARTICLE * candidate.whole_article
            score += WHOLE_PASSAGE * candidate.whole_passage
        scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].article))
    return scored


class _Scale:
    """Brings raw scores to 0..1 by the best of them."""

    def __init__(self, scores: Iterable[float | None]) -> None:
        present = [score for score in scores if score is not None]
        self.best = max(present, default=0.0) or 1.0
        self.absent = ABSENT * min(present, default=0.0) / self.best

    def of(self, score: float | None) -> float:
        return self.absent if score is None else score / self.best


def _title_score(
    groups: Sequence[Group], weights: Sequence[float], total: float, terms: Sequence[str]
) -> float:
    """Share of the query's weight in the title, plus precision and adjacency."""
    standing = set(terms)
    covered, found = 0.0, 0
    for group, weight in zip(groups, weights, strict=True):
        best = max((share for term, share in group.terms if term in standing), default=0.0)
        if best:
            covered += weight * best
            found += 1
    cover = covered / total
    score = cover + PRECISION * cover * found / (len(standing) or 1)
    if len(groups) > 1 and cover > 0.5:
        score += ADJACENCY * _adjacent_share(groups, terms)
    return score


def _adjacent_share(groups: Sequence[Group], terms: Sequence[str]) -> float:
    """Which share of neighbouring query words stands in the title side by side and in order."""
    positions = []
    for group in groups:
        wanted = {term for term, _ in group.terms}
        positions.append(next((i for i, term in enumerate(terms) if term in wanted), None))
    beside = sum(
        1
        for left, right in pairwise(positions)
        if left is not None and right is not None and 0 < right - left <= 2
    )
    return beside / (len(groups) - 1)


def _title_begun(typed: Sequence[str], words: frozenset[str]) -> bool:
    """Whether a short query stands in the title as typed, its last word perhaps unfinished."""
    if not typed or len(typed) > 6 or not all(word in words for word in typed[:-1]):
        return False
    return typed[-1] in words or any(word.startswith(typed[-1]) for word in words)
