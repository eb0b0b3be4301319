"""One query against the cluster: both roads in one round trip, words and weights from the index of this machine."""

from collections.abc import Callable

from elasticsearch.dsl import Search

from search.engines import plan
from search.engines.base import Scope
from search.engines.cluster import queries
from search.engines.cluster.reader import Hit, Reader
from search.engines.generation import TitleCache
from search.ranking import Candidate, Title
from search.understanding import Understood
from search.vocabulary import Words


class ClusterSession:
    """A ``Session`` of the cluster engine. Everything but ``vocabulary`` and ``weight_of`` asks the cluster."""

    simplified = False

    def __init__(
        self,
        reader: Reader,
        titles: TitleCache,
        scope: Scope,
        vocabulary: Words,
        weight_of: Callable[[str], float],
    ) -> None:
        self._reader = reader
        self._titles = titles
        self._scope = scope
        self._within = queries.within(scope)
        self.vocabulary = vocabulary
        self.weight_of = weight_of

    def candidates(self, understood: Understood) -> list[Candidate]:
        """Candidates of both roads, articles and passages, with everything reranking needs."""
        if not understood:
            return []
        looks = plan.looks_of(understood, self.weight_of)
        answers = self._ask([queries.look(look, self._within) for look in looks])
        titles = self._titles_of({hit.article: hit for hits in answers for hit in hits})
        found = {article: Candidate(article, title) for article, title in titles.items()}
        for look, hits in zip(looks, answers, strict=True):
            for hit in hits:
                if hit.article in found:
                    _add(look, hit, found[hit.article])
        if understood.excluded and found:
            (kept,) = self._ask([queries.without(found, understood.excluded)])
            return [found[hit.article] for hit in kept if hit.article in found]
        return list(found.values())

    def finds(self, term: str) -> bool:
        """Whether any text within the scope holds ``term``."""
        roads: tuple[plan.Road, ...] = ("articles", "passages")
        searches = [queries.holding(road, term, self._within) for road in roads]
        return any(self._ask(searches))

    def _ask(self, searches: list[Search]) -> list[list[Hit]]:
        return self._reader.ask(searches, self._scope.deadline)

    def _titles_of(self, hits: dict[int, Hit]) -> dict[int, Title]:
        """The analysed titles; those this process has not met yet are asked for."""
        known = {article: self._titles.get(article, hit.stamp) for article, hit in hits.items()}
        missing = [article for article, title in known.items() if title is None]
        if missing:
            (told,) = self._ask([queries.titles(missing)])
            for hit in told:
                known[hit.article] = self._titles.put(hit.article, hit.stamp, hit.title)
        return {article: title for article, title in known.items() if title is not None}


def _add(look: plan.Look, hit: Hit, candidate: Candidate) -> None:
    if look.road == "articles":
        candidate.article_score = max(hit.score, candidate.article_score or 0.0)
        candidate.whole_article |= look.whole
        return
    if candidate.passage_score is None or hit.score > candidate.passage_score:
        candidate.passage_score = hit.score
        candidate.passage = hit.ordinal
