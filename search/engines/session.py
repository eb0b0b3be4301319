"""One query against a snapshot of the embedded index: the plan in tantivy's language, within a scope."""

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from search import ranking
from search.engines import plan
from search.engines.base import Scope
from search.engines.dictionary_view import DictionaryView
from search.engines.generation import Snapshot
from search.ranking import Candidate
from search.understanding import Understood

FEW_AUDIENCES = 2
"""Up to so many admitted audiences are asked for; with more it is quicker to leave out the others."""


class EmbeddedSession:
    """A ``Session`` of the embedded engine."""

    simplified = False

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        self._snapshot = snapshot
        self._scope = scope
        admitted = tuple(a for a in snapshot.audiences if scope.sight.admits(a))
        if scope.filters.audience:
            admitted = tuple(a for a in admitted if a == scope.filters.audience)
        self._admitted = admitted
        self._all = len(admitted) == len(snapshot.audiences)
        self.vocabulary = DictionaryView(
            snapshot.generation.connection(), admitted, snapshot.memory_of(admitted)
        )

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
        # The same clauses are asked of the articles twice: for any of the words, and for all of them.
        made: dict[tuple[plan.Road, int], Query] = {}
        for look in plan.looks_of(understood, self.weight_of):
            found.add(look, self._hits(look, made))
        if understood.excluded:
            self._drop_excluded(understood, found)
        return list(found.candidates.values())

    def _hits(self, look: plan.Look, made: dict[tuple[plan.Road, int], Query]) -> list:
        on_articles = look.road == "articles"
        snapshot = self._snapshot
        schema = snapshot.article_schema if on_articles else snapshot.passage_schema
        searcher = snapshot.articles if on_articles else snapshot.passages
        clauses = []
        for occur, asked in ((Occur.Must, look.required), (Occur.Should, look.wanted)):
            for clause in asked:
                key = look.road, id(clause)
                query = made.get(key) or made.setdefault(key, _translated(schema, clause))
                clauses.append((occur, query))
        return searcher.search(self._within_scope(schema, clauses), look.limit, count=False).hits

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

    def add(self, look: plan.Look, hits: list) -> None:
        if look.road == "articles":
            self._add_articles(hits, whole=look.whole)
        else:
            self._add_passages(hits)

    def _add_articles(self, hits: list, *, whole: bool) -> None:
        for score, candidate in self._of(self._snapshot.articles, hits):
            candidate.article_score = max(score, candidate.article_score or 0.0)
            candidate.whole_article |= whole

    def _add_passages(self, hits: list) -> None:
        searcher = self._snapshot.passages
        ordinals = searcher.fast_field_values("ordinal", [address for _, address in hits])
        found = zip(self._of(searcher, hits), ordinals, strict=True)
        for (score, candidate), ordinal in found:
            if candidate.passage_score is None or score > candidate.passage_score:
                candidate.passage_score = score
                candidate.passage = int(ordinal)

    def _of(self, searcher: tantivy.Searcher, hits: list) -> Iterable[tuple[float, Candidate]]:
        addresses = [address for _, address in hits]
        articles = searcher.fast_field_values("article", addresses)
        self._add_new(searcher, addresses, articles)
        candidates = self.candidates
        return [
            (score, candidates[article]) for (score, _), article in zip(hits, articles, strict=True)
        ]

    def _add_new(
        self, searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress], articles: list[int]
    ) -> None:
        """Make candidates of those ``articles`` that the other road has not found yet."""
        new = {
            article: address
            for article, address in zip(articles, addresses, strict=True)
            if article not in self.candidates
        }
        stamps = searcher.fast_field_values("stamp", list(new.values())) if new else ()
        for (article, address), stamp in zip(new.items(), stamps, strict=True):
            title = self._snapshot.title(article, stamp, searcher, address)
            self.candidates[article] = Candidate(article, title)


def _translated(schema: tantivy.Schema, clause: plan.Clause) -> Query:
    match clause:
        case plan.Term(field, value, boost):
            query = Query.term_query(schema, field, value)
        case plan.Phrase(field, terms, slop, boost):
            query = Query.phrase_query(schema, field, list(terms), slop)
        case plan.BestOf(clauses, tie):
            return Query.disjunction_max_query([_translated(schema, one) for one in clauses], tie)
    return query if boost == 1.0 else Query.boost_query(query, boost)


def _any_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
