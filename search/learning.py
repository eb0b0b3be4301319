"""What use teaches: an answer that several people opened or copied for a question is raised a little. Pure.

Bounded, so that it orders neighbours and never overturns what the words say; decaying, so that what was asked last
month counts for more than last year's; for employees and customers apart; and from several people only, so that nobody
raises an article alone and nobody can be read from it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LIFT = 0.3
"""The most that use adds to a score; words in the right title add more than twice as much."""

HALF_LIFE = datetime.timedelta(days=60)
COPIED = 2.0
"""A copied answer went to a customer: it counts for two that were opened."""

PEOPLE = 3
"""So many different askers within one period: a name in the log lasts a period at most, so they are two at least."""

PERIOD_DAYS = 14
AGAIN = datetime.timedelta(seconds=60)
"""Whoever asks something else so soon after opening an article was not helped by it."""

SURE = 4.0
"""With so much weight in all, half of the lift is given."""

ALIKE = 0.6
"""Questions that share this much of their words are taken for one."""

MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Use:
    """One search that ended with an article."""

    terms: frozenset[str]
    article: int
    staff: bool
    who: str
    at: datetime.datetime
    copied: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An answer that proved itself for a question."""

    terms: frozenset[str]
    article: int
    staff: bool
    weight: float


def helped(ended: Sequence[tuple[str, datetime.datetime]]) -> list[bool]:
    """For searches as (who, when) in order of time: whether no other one of the same person followed at once."""
    following: dict[str, datetime.datetime] = {}
    settled = []
    for who, at in reversed(ended):
        settled.append(not who or who not in following or following[who] - at > AGAIN)
        following[who] = at
    return settled[::-1]


def lessons(uses: Iterable[Use], *, now: datetime.datetime) -> list[Lesson]:
    """What ``uses`` teach at the moment ``now``, the surest first."""
    strongest: dict[tuple, dict[tuple[str, int], float]] = defaultdict(dict)
    for use in uses:
        if not use.terms or not use.who:
            continue
        worth = (COPIED if use.copied else 1.0) * 0.5 ** ((now - use.at) / HALF_LIFE)
        # Once a person and day: who opens an article ten times says it once.
        once = (use.who, use.at.toordinal())
        of_answer = strongest[use.terms, use.article, use.staff]
        of_answer[once] = max(worth, of_answer.get(once, 0.0))
    found = [
        Lesson(*answer, weight=round(sum(days.values()), 4))
        for answer, days in strongest.items()
        if _by_several(days)
    ]
    found.sort(key=lambda lesson: (-lesson.weight, lesson.article, sorted(lesson.terms)))
    return found[:MOST_KEPT]


def _by_several(days: Iterable[tuple[str, int]]) -> bool:
    in_period: dict[int, set[str]] = defaultdict(set)
    for who, day in days:
        in_period[day // PERIOD_DAYS].add(who)
    return any(len(people) >= PEOPLE for people in in_period.values())


@dataclass(slots=True)
class Learned:
    """Lessons as a process has them at hand."""

    _answers: dict[tuple[bool, frozenset[str]], dict[int, float]] = field(default_factory=dict)
    _questions: dict[tuple[bool, str], list[frozenset[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Lesson]) -> "Learned":
        """Lessons, ready to be asked."""
        learned = cls()
        for lesson in found:
            key = lesson.staff, lesson.terms
            if key not in learned._answers:
                learned._answers[key] = {}
                for term in lesson.terms:
                    learned._questions.setdefault((lesson.staff, term), []).append(lesson.terms)
            learned._answers[key][lesson.article] = lesson.weight
        return learned

    def lifts(self, readings: Iterable[frozenset[str]], *, staff: bool) -> dict[int, float]:
        """What use adds to the score of each article for a question, read in these ways; never above ``LIFT``."""
        found: dict[int, float] = {}
        if not self._answers:
            return found
        for terms in readings:
            for question, share in self._alike(terms, staff):
                answers = self._answers[staff, question]
                whole = sum(answers.values()) + SURE
                for article, weight in answers.items():
                    lift = LIFT * share * weight / whole
                    found[article] = max(lift, found.get(article, 0.0))
        return found

    def _alike(self, terms: frozenset[str], staff: bool) -> Iterator[tuple[frozenset[str], float]]:
        met = {question for term in terms for question in self._questions.get((staff, term), ())}
        for question in met:
            share = len(terms & question) / len(terms | question)
            if share >= ALIKE:
                yield question, share
