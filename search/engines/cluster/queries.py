"""The plan and the scope of a search in the language of the cluster."""

from collections.abc import Iterable
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search import audience
from search.audience import Sight
from search.engines import plan
from search.engines.base import Filters, Scope
from search.engines.cluster import mapping
from search.engines.plan import Road


def look(asked: plan.Look, within: list[Query]) -> Search:
    """One search of the plan, narrowed before it is cut to the best hits."""
    road = asked.road
    clauses: dict[str, Any] = {
        "must": [clause(road, one) for one in asked.required],
        "should": [clause(road, one) for one in asked.wanted],
    }
    if not asked.required:
        clauses["minimum_should_match"] = 1
    narrowed = Q("bool", **clauses, filter=[Q("term", road=road), *within])
    return _hits(narrowed, asked.limit)


def clause(road: Road, asked: plan.Clause) -> Query:
    """A clause of the plan on the entries of ``road``."""
    match asked:
        case plan.Term(field, value, boost):
            name = mapping.field_of(road, field)
            return Q("term", **{name: {"value": value, "boost": boost}})
        case plan.Phrase(field, terms, slop, boost):
            name = mapping.field_of(road, field)
            phrase = {"query": " ".join(terms), "slop": slop, "boost": boost}
            return Q("match_phrase", **{name: phrase})
        case plan.BestOf(clauses, tie):
            return Q("dis_max", queries=[clause(road, one) for one in clauses], tie_breaker=tie)


def holding(road: Road, term: str, within: list[Query]) -> Search:
    """One entry of ``road`` that holds ``term``."""
    name = mapping.field_of(road, "text")
    narrowed = Q("bool", filter=[Q("term", road=road), Q("term", **{name: term}), *within])
    return _hits(narrowed, 1).extra(terminate_after=1)


def titles(articles: Iterable[int]) -> Search:
    """The titles of ``articles``."""
    wanted = sorted(articles)
    query = Q("bool", filter=[Q("term", road="articles"), Q("terms", article=wanted)])
    return _hits(query, len(wanted)).extra(docvalue_fields=["article", "stamp", "title_text"])


def without(articles: Iterable[int], excluded: Iterable[str]) -> Search:
    """Those of ``articles`` that hold none of the ``excluded`` terms anywhere."""
    wanted = sorted(articles)
    query = Q(
        "bool",
        filter=[Q("term", road="articles"), Q("terms", article=wanted)],
        must_not=[Q("term", text=term) for term in excluded],
    )
    return _hits(query, max(1, len(wanted)))


def _hits(query: Query, limit: int) -> Search:
    return (
        Search()
        .query(query)
        .source(False)
        .extra(
            size=limit,
            track_total_hits=False,
            stored_fields="_none_",
            docvalue_fields=mapping.GIVEN_BACK,
        )
    )


def within(scope: Scope) -> list[Query]:
    """The filters of ``scope``."""
    return [*_chosen(scope.filters), *_for(scope.sight), _at(int(scope.at.timestamp()))]


def _chosen(filters: Filters) -> list[Query]:
    values = {
        "section": filters.section_id,
        "tag": filters.tag_id,
        "language": filters.language,
        "kind": filters.kind,
        "audience": filters.audience,
    }
    return [Q("term", **{name: str(value)}) for name, value in values.items() if value]


def _for(sight: Sight) -> list[Query]:
    if sight.everything:
        return []
    admitted = [audience.PUBLIC]
    if sight.staff:
        teams = [f"team:{team_id}" for team_id in sorted(sight.team_ids)]
        admitted += [audience.INTERNAL, *teams]
    return [Q("terms", readers=admitted)]


def _at(second: int) -> Query:
    """Leaves out what is not yet or no longer valid; the few entries with dates are looked at first."""
    outside = Q("range", valid_from={"gt": second}) | Q("range", valid_until={"lte": second})
    return ~(Q("term", dated="1") & outside)
