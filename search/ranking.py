"""Reranking the engines' candidates by what is known of titles. Pure; every weight is named here.

An engine says which articles and which passages match and how well by BM25. Here the scores of both are
brought to one scale and a few judgements are added that no BM25 makes: how much of the query stands in the
title, whether nothing else does, whether the words stand side by side, whether all words were found, whether
what was typed so far is the beginning of a title, and whether both tell of a trouble.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from sys import intern

from search import analysis, trouble
from search.families import family
from search.understanding import Group, Understood

LONG_QUERY = 3
"""Above so many words a query is prose: its passages say more, and its title is not asked on its own."""

PASSAGE, PASSAGE_LONG = 0.8, 0.9
TITLE = 0.8
PRECISION, ADJACENCY = 0.4, 0.2
WHOLE_ARTICLE = 0.2
TITLE_BEGUN = 0.6
LONGEST_BEGUN = 6
"""A query of more words is not the beginning of a title."""

TROUBLE = 0.3
"""What a title that names a trouble gets from a query that tells of one."""

RELATIVE = 0.8
"""A word of a title that is only of the same family as the typed one, against 1 for the word itself."""

ABSENT = 0.8
"""An article found only on the other road is given this share of the lowest score of this road."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as ranking needs it: its words as written, and where each term and each family stands first."""

    words: frozenset[str]
    places: dict[str, int]
    relatives: dict[str, int]
    trouble: bool = False

    @classmethod
    def of(cls, words: Sequence[str]) -> "Title":
        """Analyse the words of a title; equal strings are kept once, since thousands of titles are."""
        places: dict[str, int] = {}
        relatives: dict[str, int] = {}
        for place, term in enumerate(map(analysis.term, words)):
            places.setdefault(intern(term), place)
            if related := family(term):
                relatives.setdefault(intern(related), place)
        told = trouble.named_by(places, words)
        return cls(frozenset(map(intern, words)), places, relatives, told)


@dataclass(slots=True)
class Candidate:
    """An article an engine proposes, with its raw scores."""

    article: int
    title: Title
    article_score: float | None = None
    passage_score: float | None = None
    passage: int | None = None
    whole_article: bool = False


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
    titles = _TitleScore(groups, weight_of)
    by_article = _Scale(candidate.article_score for candidate in candidates)
    by_passage = _Scale(candidate.passage_score for candidate in candidates)
    begun = _Begun(understood.words)
    troubled = trouble.told_by((group.terms[0][0] for group in groups), understood.text)
    scored = []
    for candidate in candidates:
        score = by_article.of(candidate.article_score)
        score += passage_weight * by_passage.of(candidate.passage_score)
        score += TITLE * titles.of(candidate.title)
        if begun.by(candidate.title.words):
            score += TITLE_BEGUN
        if troubled and candidate.title.trouble:
            score += TROUBLE
        if candidate.whole_article and len(groups) > 1:
            score += WHOLE_ARTICLE
        scored.append((score, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].article))
    return scored


def is_title(understood: Understood, title: Title) -> bool:
    """Whether the query says a title and nothing else, in whatever form, order or spelling."""
    groups = [{term for term, _ in group.terms} for group in understood.groups]
    if not groups or any(group.isdisjoint(title.places) for group in groups):
        return False
    telling = {analysis.term(word) for word in title.words if word not in analysis.STOP_WORDS}
    return telling <= set().union(*groups)


class _Scale:
    """Brings raw scores to 0..1 by the best of them."""

    def __init__(self, scores: Iterable[float | None]) -> None:
        present = [score for score in scores if score is not None]
        self.best = max(present, default=0.0) or 1.0
        self.absent = ABSENT * min(present, default=0.0) / self.best

    def of(self, score: float | None) -> float:
        return self.absent if score is None else score / self.best


class _TitleScore:
    """How well a title answers a query: share of its weight, precision, adjacency.

    Looks terms up from the side of the title, which is short, and not from the side of the alternatives.
    """

    def __init__(self, groups: Sequence[Group], weight_of: Callable[[str], float]) -> None:
        # How telling a word is, is asked of what it surely means: a rare paraphrase makes it no rarer.
        self.weights = [
            max(weight_of(term) for term, share in group.terms if share >= group.terms[0][1])
            for group in groups
        ]
        self.total = sum(self.weights) or 1.0
        self.groups_of: dict[str, list[tuple[int, float]]] = {}
        self.relatives_of: dict[str, list[tuple[int, float]]] = {}
        for number, group in enumerate(groups):
            for term, share in group.terms:
                self.groups_of.setdefault(term, []).append((number, share))
            first, share = group.terms[0]
            if related := family(first):
                self.relatives_of.setdefault(related, []).append((number, share * RELATIVE))

    def of(self, title: Title) -> float:
        shares: dict[int, float] = {}
        places: dict[int, int] = {}
        same = self.groups_of.keys() & title.places.keys()
        for term in same:
            self._meet(self.groups_of[term], title.places[term], shares, places)
        alike = self.relatives_of.keys() & title.relatives.keys()
        if alike:
            taken = {title.places[term] for term in same}
            for related in alike:
                place = title.relatives[related]
                if place not in taken:
                    self._meet(self.relatives_of[related], place, shares, places)
        if not shares:
            return 0.0
        cover = sum(self.weights[number] * share for number, share in shares.items()) / self.total
        score = cover + PRECISION * cover * len(shares) / len(title.places)
        if len(self.weights) > 1 and cover > 0.5:
            score += ADJACENCY * self._adjacent_share(places)
        return score

    @staticmethod
    def _meet(
        met: list[tuple[int, float]], place: int, shares: dict[int, float], places: dict[int, int]
    ) -> None:
        """Note for each group of ``met`` the best share it stands in the title with, and the first place."""
        for number, share in met:
            if place < places.get(number, place + 1):
                places[number] = place
            if share > shares.get(number, 0.0):
                shares[number] = share

    def _adjacent_share(self, places: dict[int, int]) -> float:
        """Which share of neighbouring query words stands in the title side by side and in order."""
        beside = sum(
            0 < places[number + 1] - place <= 2
            for number, place in places.items()
            if number + 1 in places
        )
        return beside / (len(self.weights) - 1)


class _Begun:
    """Whether a short query stands in a title as typed, its last word perhaps unfinished."""

    def __init__(self, typed: Sequence[str]) -> None:
        self.short = 0 < len(typed) <= LONGEST_BEGUN
        self.whole = frozenset(typed[:-1])
        self.last = typed[-1] if typed else ""

    def by(self, words: frozenset[str]) -> bool:
        """Whether the title with ``words`` may be what is being typed."""
        if not self.short or not self.whole <= words:
            return False
        return self.last in words or any(word.startswith(self.last) for word in words)
