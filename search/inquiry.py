"""One query read against one view of the index: how it is understood, its readings, and the answers to them all."""

from collections.abc import Mapping
from dataclasses import replace

from search import analysis, ranking, wording
from search.engines.base import Session
from search.ranking import Candidate
from search.thesaurus import Reading, Widened
from search.understanding import Understood, understand, without_phrases

WORTH_SHOWING = 0.4
"""Articles with less than this share of the best score are noise; on the measured queries none is wanted."""

LEAST = 1e-6
"""The smallest difference between two scores that orders them."""


class Inquiry:
    """A query read against one session: how it is understood, its readings, and the answers to all of them."""

    def __init__(self, session: Session, query: str, *, literal: bool, into: str) -> None:
        self.session = session
        self.wording = wording.current()
        self.vocabulary = Widened(session.vocabulary, self.wording.thesaurus)
        self.understood = understand(
            query, self.vocabulary, literal=literal, into=into, paraphrased=True
        )
        self.readings = [Reading(self.understood)]
        if self.understood.phrases:
            if not literal and not session.candidates(self.understood):
                self.understood = without_phrases(self.understood)
                self.readings = [Reading(self.understood)]
        elif not literal:
            thesaurus = self.wording.thesaurus
            self.readings = thesaurus.readings(self.understood, session.vocabulary, language=into)

    def answers(
        self, inside: Session | None = None, *, lifts: Mapping[int, float] | None = None
    ) -> list[tuple[Reading, Candidate]]:
        """The candidates, best first, each with the reading that found it best; ``lifts`` is what use adds to articles.

        ``inside`` is a narrower view whose candidates must be among them; one pool and one scale, so that the
        counts of all and of the narrowed list agree.
        """
        best: dict[int, tuple[float, Reading, Candidate]] = {}
        for reading in self.readings:
            found = {c.article: c for c in self.session.candidates(reading.understood)}
            if inside is not None:
                narrower = {c.article: c for c in inside.candidates(reading.understood)}
                found = narrower | found
            weight_of = self.session.weight_of
            for score, candidate in ranking.rerank(
                reading.understood, list(found.values()), weight_of
            ):
                score *= reading.weight
                if candidate.article not in best or score > best[candidate.article][0]:
                    best[candidate.article] = (score, reading, candidate)
        least = WORTH_SHOWING * max((row[0] for row in best.values()), default=0)
        rows = _lifted(best, lifts) if lifts else best.values()
        scored = sorted(rows, key=lambda row: (-row[0], row[2].article))
        return [(reading, candidate) for score, reading, candidate in scored if score >= least]

    def meant(self) -> Understood:
        """The query with the words of all its readings: what may be marked, and what an outage is asked about by."""
        others = [group for reading in self.readings for group in reading.understood.groups]
        groups = (*dict.fromkeys(others), *self.understood.groups)
        return replace(self.understood, groups=groups)

    def terms(self) -> list[frozenset[str]]:
        """Each reading as the set of its terms."""
        return [
            frozenset(
                part
                for group in reading.understood.groups
                for part in analysis.term(group.typed).split("_")
            )
            for reading in self.readings
        ]


def _lifted(
    best: Mapping[int, tuple[float, Reading, Candidate]], lifts: Mapping[int, float]
) -> list[tuple[float, Reading, Candidate]]:
    """The rows with what use adds; an article whose title is the query stays above all it was above."""
    exact = [
        score
        for score, reading, candidate in best.values()
        if ranking.is_title(reading.understood, candidate.title)
    ]
    ceiling = max(exact, default=0.0)
    rows = []
    for score, reading, candidate in best.values():
        lifted = score + lifts.get(candidate.article, 0.0)
        if score < ceiling <= lifted:
            lifted = max(score, ceiling - LEAST)
        rows.append((lifted, reading, candidate))
    return rows
