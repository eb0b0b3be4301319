"""One query read against one view of the index: how it is understood, its readings, and the answers to them all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from search import analysis, ranking, wording
from search.engines.base import Session
from search.ranking import Candidate
from search.thesaurus import Reading, Widened
from search.understanding import Understood, understand, without_phrases

WORTH_SHOWING = 0.4
"""Articles with less than this share of the best score are noise; on the measured queries none is wanted."""

LEAST = 1e-6
"""The smallest difference between two scores that orders them."""


class Answer(NamedTuple):
    """An article that may be shown, with its score and the reading of the query that found it best."""

    score: float
    reading: Reading
    candidate: Candidate


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

    def answers(self, inside: Session | None = None) -> list[Answer]:
        """The candidates, best first, each with the reading that found it best.

        ``inside`` is a narrower view whose candidates must be among them; one pool and one scale, so that the
        counts of all and of the narrowed list agree.
        """
        best: dict[int, Answer] = {}
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
                if candidate.article not in best or score > best[candidate.article].score:
                    best[candidate.article] = Answer(score, reading, candidate)
        least = WORTH_SHOWING * max((answer.score for answer in best.values()), default=0)
        return _in_order(answer for answer in best.values() if answer.score >= least)

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


def raised(answers: Sequence[Answer], lift: Callable[[int], float]) -> list[Answer]:
    """The answers with what ``lift`` adds to each; one whose title is the query stays above all it was above."""
    exact = [
        answer.score
        for answer in answers
        if ranking.is_title(answer.reading.understood, answer.candidate.title)
    ]
    ceiling = max(exact, default=0.0)
    rows = []
    for answer in answers:
        score = answer.score
        lifted = score + lift(answer.candidate.article)
        if score < ceiling <= lifted:
            lifted = max(score, ceiling - LEAST)
        elif lifted < ceiling <= score:
            lifted = ceiling
        rows.append(answer._replace(score=lifted))
    return _in_order(rows)


def _in_order(answers: Iterable[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda answer: (-answer.score, answer.candidate.article))
