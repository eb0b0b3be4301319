"""One query against a snapshot of the embedded index: the filters of its scope and the two roads to candidates."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import tantivy
from tantivy import Occur, Query

from search import ranking
from search.engines.base import Scope
from search.engines.dictionary_view import DictionaryView
from search.engines.generation import Snapshot
from search.ranking import Candidate
from search.understanding import Group, Understood

FIELD_BOOSTS = (("title", 0.7), ("headings", 0.3), ("text", 1.0))
FIELD_BOOSTS_LONG = (("title", 0.1), ("headings", 0.1), ("text", 1.0))
FIELD_TIE = 0.6
ALTERNATIVE_TIE = 0.1
"""Alternatives of one word are a best-of group, never a sum: guesses must not outweigh what was typed."""

NEIGHBOURS = 0.6
"""What two words side by side in a passage add, against 1 for each of them."""

COMMON = 0.1
"""A word in more than this share of the articles is common."""

SOME_ARTICLES, SOME_PASSAGES, WHOLE = 50, 60, 30
FEW_AUDIENCES = 2
"""Up to so many admitted audiences are asked for; with more it is quicker to leave out the others."""


class EmbeddedSession:
    """A ``Session`` of the embedded engine."""

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        self._snapshot = snapshot
        self._scope = scope
        admitted = tuple(a for a in snapshot.audiences if scope.sight.admits(a))
        if scope.filters.audience:
            admitted = tuple(a for a in admitted if a == scope.filters.audience)
        self._admitted = admitted
        self._all = len(admitted) == len(snapshot.audiences)
        self.vocabulary = DictionaryView(snapshot.generation.connection(), admitted)

    def weight_of(self, term: str) -> float:
        """The inverse frequency of ``term`` in the article texts."""
        frequency = self._snapshot.articles.doc_freq("text", term)
        return ranking.inverse_frequency(frequency, self._snapshot.total)

    def finds(self, term: str) -> bool:
        """Whether any text within the scope holds ``term``."""
        snapshot = self._snapshot
        for searcher, schema in (
            (snapshot.articles, snapshot.article_schema),
            (snapshot.passages, snapshot.passage_schema),
        ):
            query = self._within_scope(
                schema, [(Occur.Must, Query.term_query(schema, "text", term))]
            )
            if searcher.search(query, 1, count=False).hits:
                return True
        return False

    def candidates(self, understood: Understood) -> list[Candidate]:
        """Candidates of both roads, articles and passages, with everything reranking needs."""
        if not understood or not self._admitted:
            return []
        found = _Found(self._snapshot)
        self._search_articles(understood, found)
        self._search_passages(understood, found)
        if understood.excluded:
            self._drop_excluded(understood, found)
        return list(found.candidates.values())

    def _search_articles(self, understood: Understood, found: "_Found") -> None:
        schema, searcher = self._snapshot.article_schema, self._snapshot.articles
        long = len(understood.groups) > ranking.LONG_QUERY
        boosts = FIELD_BOOSTS_LONG if long else FIELD_BOOSTS

        def of_term(term: str, weight: float) -> Query:
            return Query.disjunction_max_query(
                [
                    Query.boost_query(Query.term_query(schema, name, term), boost * weight)
                    for name, boost in boosts
                ],
                FIELD_TIE,
            )

        groups = [_best_of(group, of_term) for group in understood.groups]
        for hits, whole in self._hits(schema, searcher, understood, groups, SOME_ARTICLES):
            found.add_articles(hits, whole=whole)

    def _search_passages(self, understood: Understood, found: "_Found") -> None:
        schema, searcher = self._snapshot.passage_schema, self._snapshot.passages

        def of_term(term: str, weight: float) -> Query:
            return Query.boost_query(Query.term_query(schema, "text", term), weight)

        groups = [_best_of(group, of_term) for group in understood.groups]
        pairs = self._neighbours(understood.groups)
        for hits, whole in self._hits(schema, searcher, understood, groups, SOME_PASSAGES, pairs):
            found.add_passages(hits, whole=whole)

    def _neighbours(self, groups: Sequence[Group]) -> list[Query]:
        """Words typed side by side that stand so, with at most one other between them.

        Two words that both stand almost everywhere are left out: comparing their places costs most and says
        least.
        """
        schema = self._snapshot.passage_schema
        first = [group.terms[0][0] for group in groups]
        common = COMMON * self._snapshot.total
        is_common = [self._snapshot.articles.doc_freq("text", term) > common for term in first]
        return [
            Query.boost_query(Query.phrase_query(schema, "text", [left, right], 1), NEIGHBOURS)
            for (left, left_common), (right, right_common) in pairwise(
                zip(first, is_common, strict=True)
            )
            if left != right and not (left_common and right_common)
        ]

    def _hits(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        understood: Understood,
        groups: list[Query],
        some: int,
        pairs: Sequence[Query] = (),
    ) -> Iterable[tuple[list, bool]]:
        """Hits with any of the words, then hits with all of them; ``pairs`` only add to the score."""
        always = [(Occur.Must, _phrase(schema, terms)) for terms in understood.phrases]
        always += [(Occur.Should, pair) for pair in pairs]
        for whole in (False, True):
            if whole and len(groups) < 2:
                return
            occur, limit = (Occur.Must, WHOLE) if whole else (Occur.Should, some)
            query = self._within_scope(schema, [*always, *((occur, group) for group in groups)])
            yield searcher.search(query, limit, count=False).hits, whole

    def _within_scope(
        self, schema: tantivy.Schema, clauses: Sequence[tuple[Occur, Query]]
    ) -> Query:
        """``clauses`` narrowed to the scope, before anything is cut to the best hits."""
        filters = self._filters(schema)
        if not filters:
            return Query.boolean_query(list(clauses))
        return Query.boolean_query([(Occur.Must, Query.boolean_query(list(clauses))), *filters])

    def _filters(self, schema: tantivy.Schema) -> list[tuple[Occur, Query]]:
        narrowed = self._scope.filters
        filters = [
            (Occur.Must, _silent(Query.term_query(schema, name, str(value))))
            for name, value in (
                ("section", narrowed.section_id),
                ("tag", narrowed.tag_id),
                ("language", narrowed.language),
                ("kind", narrowed.kind),
            )
            if value
        ]
        return [*filters, *self._audience_filter(schema), *self._date_filter(schema)]

    def _audience_filter(self, schema: tantivy.Schema) -> list[tuple[Occur, Query]]:
        if self._all:
            return []
        if len(self._admitted) <= FEW_AUDIENCES:
            terms = [Query.term_query(schema, "audience", value) for value in self._admitted]
            return [(Occur.Must, _silent(_any_of(terms)))]
        left_out = [a for a in self._snapshot.audiences if a not in self._admitted]
        return [(Occur.MustNot, Query.term_query(schema, "audience", value)) for value in left_out]

    def _date_filter(self, schema: tantivy.Schema) -> list[tuple[Occur, Query]]:
        """Leaves out what is not yet or no longer valid; costs nothing while no entry has dates."""
        if not self._snapshot.has_dated:
            return []
        at = int(self._scope.at.timestamp())
        integer = tantivy.FieldType.Integer
        early = Query.range_query(schema, "valid_from", integer, lower_bound=at + 1)
        late = Query.range_query(schema, "valid_until", integer, upper_bound=at)
        dated = Query.term_query(schema, "dated", "1")
        outside = Query.boolean_query([(Occur.Must, dated), (Occur.Must, _any_of([early, late]))])
        return [(Occur.MustNot, outside)]

    def _drop_excluded(self, understood: Understood, found: "_Found") -> None:
        """Drop articles that hold an excluded word anywhere, not only in the passage that was found."""
        schema = self._snapshot.article_schema
        wanted = list(found.candidates)
        clauses = [(Occur.Must, Query.term_set_query(schema, "article", wanted))]
        clauses += [
            (Occur.MustNot, Query.term_query(schema, "text", term)) for term in understood.excluded
        ]
        hits = self._snapshot.articles.search(
            Query.boolean_query(clauses), max(1, len(wanted)), count=False
        ).hits
        addresses = [address for _, address in hits]
        kept = set(self._snapshot.articles.fast_field_values("article", addresses))
        found.candidates = {a: c for a, c in found.candidates.items() if a in kept}


class _Found:
    """Candidates by article, gathered from both roads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.candidates: dict[int, Candidate] = {}

    def add_articles(self, hits: list, *, whole: bool) -> None:
        searcher = self._snapshot.articles
        for score, candidate, _ in self._of(searcher, hits):
            candidate.article_score = max(score, candidate.article_score or 0.0)
            candidate.whole_article |= whole

    def add_passages(self, hits: list, *, whole: bool) -> None:
        searcher = self._snapshot.passages
        ordinals = searcher.fast_field_values("ordinal", [address for _, address in hits])
        found = zip(self._of(searcher, hits), ordinals, strict=True)
        for (score, candidate, _), ordinal in found:
            if candidate.passage_score is None or score > candidate.passage_score:
                candidate.passage_score = score
                candidate.passage = int(ordinal)
            candidate.whole_passage |= whole

    def _of(
        self, searcher: tantivy.Searcher, hits: list
    ) -> Iterable[tuple[float, Candidate, object]]:
        addresses = [address for _, address in hits]
        articles = searcher.fast_field_values("article", addresses)
        stamps = searcher.fast_field_values("stamp", addresses)
        for (score, address), article, stamp in zip(hits, articles, stamps, strict=True):
            candidate = self.candidates.get(article)
            if candidate is None:
                title = self._snapshot.title(article, stamp, searcher, address)
                candidate = self.candidates[article] = Candidate(article, title)
            yield score, candidate, address


def _best_of(group: Group, of_term: Callable[[str, float], Query]) -> Query:
    queries = [of_term(term, weight) for term, weight in group.terms]
    return (
        queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries, ALTERNATIVE_TIE)
    )


def _phrase(schema: tantivy.Schema, terms: Sequence[str]) -> Query:
    if len(terms) == 1:
        return Query.term_query(schema, "text", terms[0])
    return Query.phrase_query(schema, "text", list(terms))


def _any_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
