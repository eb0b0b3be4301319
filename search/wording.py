"""The editors' words as every process has them at hand: read again as soon as one of them changes anything.

One query by primary key a search tells whether they changed, so a change is live everywhere with the next search,
without a rebuild, a restart or a message that could be lost.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

from django.db import connection

from people.viewer import Viewer
from search import paraphrases, use
from search.learning import Learned
from search.models import Direction, GlossaryEntry, PinnedResult, SynonymSet
from search.models.synonyms import lines
from search.standing import Helpful
from search.thesaurus import Rule, Thesaurus, phrase
from search.vocabulary import Translations

MEANINGS = 4
"""So many translations of a word are looked for."""

VERSION = "SELECT wording FROM search_indexclock WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Pin:
    """An article on top: for which team (None: everybody), from and until which day."""

    article_id: int
    team_id: int | None
    starts_on: datetime.date
    ends_on: datetime.date | None

    def holds_for(self, viewer: Viewer, at: datetime.datetime) -> bool:
        """Whether ``viewer`` gets it at the moment ``at``."""
        day = at.astimezone(viewer.tz).date()
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        return self.team_id is None or self.team_id in viewer.team_ids


@dataclass(frozen=True, slots=True)
class Wording:
    """Synonyms, glossary, pins, what use taught and what readers say, as of one moment."""

    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    pins: dict[frozenset[str], list[Pin]] = field(default_factory=dict)
    learned: Learned = field(default_factory=Learned)
    helpful: Helpful = field(default_factory=Helpful)

    def pinned(
        self, questions: Iterable[frozenset[str]], viewer: Viewer, at: datetime.datetime
    ) -> list[int]:
        """The articles on top for any of these questions, each as the set of its terms."""
        found = [pin for question in questions for pin in self.pins.get(question, ())]
        return list(dict.fromkeys(pin.article_id for pin in found if pin.holds_for(viewer, at)))


_at_hand: tuple[tuple, Wording] | None = None


def current() -> Wording:
    """The words as they stand now. One query; more only after a change."""
    global _at_hand
    with connection.cursor() as cursor:
        # As SQL: building the query anew for each search would take longer than the database does.
        cursor.execute(VERSION)
        version = cursor.fetchone()
    if version is None:
        return Wording()
    if _at_hand is None or _at_hand[0] != version:
        _at_hand = (version, _read())
    return _at_hand[1]


def _read() -> Wording:
    rules = [_rule(row) for row in SynonymSet.objects.filter(active=True).order_by("pk")]
    pairs = list(GlossaryEntry.objects.in_use().values_list("russian_term", "english_term", "seen"))
    thesaurus = Thesaurus(rules, _translations(pairs), paraphrases.learned(pairs))
    helpful = Helpful.of(use.what_readers_say())
    return Wording(thesaurus, _pins(), Learned.of(use.lessons_kept()), helpful)


def _rule(row: SynonymSet) -> Rule:
    words = lines(row.words)
    meanings = lines(row.meanings) if row.direction == Direction.ONE_WAY else words
    return Rule(words, meanings, row.language)


def _translations(pairs: Iterable[tuple[str, str, int]]) -> Translations:
    """For each term what translates it, with a weight: how much likelier or less likely than its usual translation."""
    found: dict[str, list[tuple[str, int]]] = {}
    for russian, english, seen in pairs:
        found.setdefault(russian, []).append((english, seen))
        found.setdefault(english, []).append((russian, seen))
    return {term: _weighed(others) for term, others in found.items()}


def _weighed(others: list[tuple[str, int]]) -> tuple[tuple[str, float], ...]:
    """The likeliest translations; what an editor added (seen by no article) is as good as the best."""
    most = max(seen for _, seen in others) or 1
    weighed = [(other, sqrt((seen or most) / most)) for other, seen in others]
    return tuple(sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:MEANINGS])


def _pins() -> dict[frozenset[str], list[Pin]]:
    found: dict[frozenset[str], list[Pin]] = {}
    for row in PinnedResult.objects.order_by("pk"):
        pin = Pin(row.article_id, row.team_id, row.starts_on, row.ends_on)
        for question in lines(row.questions):
            found.setdefault(frozenset(phrase(question).terms), []).append(pin)
    return found
