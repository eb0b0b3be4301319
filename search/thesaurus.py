"""The words that editors gave to search: phrases that mean the same, and translations. Pure.

A query is never changed in place. What editors say it also means becomes further *readings* of it, each a whole
query, which count a little less than the one that was typed. So synonyms of several words need nothing from an
engine, and a title is judged by the very words it was found with.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from search import analysis, spelling
from search.understanding import Group, Understood
from search.vocabulary import Translations, Words

LESS = 0.85
"""What a result of another reading counts, against 1 for what was typed."""

MOST_READINGS = 3
LONG_WORD = 8
"""In words of at least so many letters two slips are forgiven."""

SURE = 0.7
"""Repairs from this weight on are taken for what was meant."""


class Phrase(NamedTuple):
    """A word or phrase as an editor wrote it, and its terms."""

    text: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Each of ``words`` is also read as each of ``meanings``, if ``language`` is searched."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a query, what it counts, and the words it puts in the place of others."""

    understood: Understood
    weight: float = 1.0
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a query that have other meanings: from group ``start`` up to ``end``."""

    start: int
    end: int
    meanings: tuple[Phrase, ...]


class Thesaurus:
    """All rules, found by the first term of what they apply to."""

    def __init__(
        self,
        rules: Iterable[Rule] = (),
        translations: Translations | None = None,
        paraphrases: Translations | None = None,
    ) -> None:
        self.translations = translations or {}
        self.paraphrases = paraphrases or {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, list[Phrase]]]] = {}
        self._words: dict[str, list[Phrase]] = {}
        for rule in rules:
            meanings = [found for text in rule.meanings if (found := phrase(text)).terms]
            for text in rule.words:
                self._add(text, rule.language, meanings)

    def _add(self, text: str, language: str, meanings: list[Phrase]) -> None:
        terms = phrase(text).terms
        others = [meaning for meaning in meanings if meaning.terms != terms]
        if not terms or not others:
            return
        self._by_first.setdefault(terms[0], []).append((terms, language, others))
        for word in _plain_words(text):
            self._words.setdefault(word, []).extend(others)

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def meanings_of_words(self, words: Iterable[str]) -> dict[str, list[Phrase]]:
        """For each of ``words`` that stands in a rule, what the rule leads to; any form of the word will do."""
        wanted = set(words)
        return {
            word: self._words[known]
            for word in wanted
            for known in (word, analysis.term(word))
            if known in self._words
        }

    def words_from(self, prefix: str) -> list[str]:
        """Words of rules that begin with ``prefix``."""
        return sorted(word for word in self._words if word.startswith(prefix))

    def near(self, word: str) -> list[str]:
        """Words of rules one slip of the hand from ``word``, two if it is long; the nearest first."""
        furthest = 2 if len(word) >= LONG_WORD else 1
        return [found for _, found in sorted(spelling.within(word, self._words, furthest))]

    def readings(
        self, understood: Understood, vocabulary: Words, *, language: str = ""
    ) -> list[Reading]:
        """The query as typed, then as editors say it may also be meant.

        Only meanings that ``vocabulary`` knows every word of, so nothing leads to what the viewer may not see.
        If of the typed words that have another meaning none is known, only the other readings are left.
        """
        as_typed = Reading(understood)
        places = self._places(understood.groups, vocabulary, language) if self else []
        if not places:
            return [as_typed]
        number = min(MOST_READINGS, max(len(place.meanings) for place in places))
        others = [_read(understood, places, choice) for choice in range(number)]
        typed = {
            term
            for place in places
            for group in understood.groups[place.start : place.end]
            for term, _ in group.terms
        }
        return [as_typed, *others] if vocabulary.known_terms(typed) else others

    def _places(self, groups: tuple[Group, ...], vocabulary: Words, language: str) -> list[_Place]:
        """Where rules apply, longest phrases first, none inside another."""
        options = [_options(group) for group in groups]
        found: list[_Place] = []
        at = 0
        while at < len(groups):
            place = self._longest(at, options, language)
            if place is not None:
                found.append(place)
            at = place.end if place else at + 1
        wanted = {term for place in found for meaning in place.meanings for term in meaning.terms}
        known = vocabulary.known_terms(wanted) if wanted else set()
        kept = (
            replace(place, meanings=tuple(m for m in place.meanings if known.issuperset(m.terms)))
            for place in found
        )
        return [place for place in kept if place.meanings]

    def _longest(self, at: int, options: list[set[str]], language: str) -> _Place | None:
        end, meanings = at, []
        for terms, rule_language, leads_to in self._starting_with(options[at]):
            if language and rule_language and language != rule_language:
                continue
            stop = at + len(terms)
            fits = stop <= len(options) and all(
                term in options[at + i] for i, term in enumerate(terms)
            )
            if fits and stop > end:
                end, meanings = stop, list(leads_to)
            elif fits and stop == end:
                meanings += leads_to
        unique = tuple({meaning.terms: meaning for meaning in meanings}.values())
        return _Place(at, end, unique) if unique else None

    def _starting_with(
        self, first: set[str]
    ) -> Iterator[tuple[tuple[str, ...], str, list[Phrase]]]:
        for term in sorted(first):
            yield from self._by_first.get(term, ())


def phrase(text: str) -> Phrase:
    """A phrase with its terms, words that say nothing left out."""
    return Phrase(text, tuple(analysis.term(word) for word in _plain_words(text)))


def _plain_words(text: str) -> list[str]:
    words = [part for parts in analysis.compounds(text) for part in parts]
    return [word for word in words if word not in analysis.STOP_WORDS]


def _options(group: Group) -> set[str]:
    """The terms a group may stand for surely enough to have another meaning."""
    return {analysis.term(group.typed)} | {term for term, weight in group.terms if weight >= SURE}


def _read(understood: Understood, places: list[_Place], choice: int) -> Reading:
    """The query with the meaning number ``choice`` in each place, or the last one of a place with fewer."""
    groups: list[Group] = []
    instead: list[str] = []
    at = 0
    for place in places:
        meaning = place.meanings[min(choice, len(place.meanings) - 1)]
        groups += understood.groups[at : place.start]
        words = _plain_words(meaning.text)
        groups += [
            Group(word, ((term, 1.0),)) for word, term in zip(words, meaning.terms, strict=True)
        ]
        instead.append(meaning.text)
        at = place.end
    groups += understood.groups[at:]
    other = replace(understood, groups=tuple(groups), words=tuple(group.typed for group in groups))
    return Reading(other, LESS, tuple(instead))


class Widened:
    """A ``Vocabulary`` that also knows the words of rules, where the rule leads to something this viewer may find.

    So a word that stands in no article but has a meaning is not taken for a slip, and is completed and corrected
    like any other.
    """

    def __init__(self, vocabulary: Words, thesaurus: Thesaurus) -> None:
        self._inner = vocabulary
        self._thesaurus = thesaurus
        self.borrowed: set[str] = set()
        self._counts: dict[str, int] = {}
        self._known: dict[str, bool] = {}

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """With words of rules counted as one article. A query asks of the same words again and again."""
        words = list(words)
        if new := [word for word in words if word not in self._counts]:
            found = dict.fromkeys(self._meaningful(new), 1) | dict(self._inner.counts(new))
            self._counts |= dict.fromkeys(new, 0) | found
        return {word: number for word in words if (number := self._counts[word])}

    def known_terms(self, terms: Iterable[str]) -> set[str]:
        """With terms of rules."""
        terms = list(terms)
        if new := [term for term in terms if term not in self._known]:
            found = self._inner.known_terms(new) | self._meaningful(new)
            self._known |= {term: term in found for term in new}
        return {term for term in terms if self._known[term]}

    def near(self, word: str, limit: int) -> list[str]:
        """The index's own words first; else words of rules."""
        return self._inner.near(word, limit) or self._kept(self._thesaurus.near(word), limit)

    def sounding(self, keys: Iterable[str], *, russian: bool, limit: int) -> list[str]:
        """As the index has it."""
        return self._inner.sounding(keys, russian=russian, limit=limit)

    def completions(self, prefix: str, limit: int) -> list[str]:
        """Title words, then words of rules."""
        found = self._inner.completions(prefix, limit)
        return found + self._kept(self._thesaurus.words_from(prefix), limit - len(found))

    def paraphrases(self, terms: Iterable[str]) -> Translations:
        """Learned by way of the other language; the same for every viewer, and never said aloud."""
        known = self._thesaurus.paraphrases
        return {term: known[term] for term in terms if term in known}

    def translations(self, terms: Iterable[str]) -> Translations:
        """From the glossary that editors keep."""
        known = self._thesaurus.translations
        return {term: known[term] for term in terms if term in known}

    def _kept(self, words: list[str], limit: int) -> list[str]:
        meaningful = self._meaningful(words) if words and limit > 0 else set()
        return [word for word in words if word in meaningful][: max(0, limit)]

    def _meaningful(self, words: Iterable[str]) -> set[str]:
        """Those of ``words`` with a meaning all of whose words this viewer could read somewhere."""
        meanings = self._thesaurus.meanings_of_words(words)
        wanted = {
            term for found in meanings.values() for meaning in found for term in meaning.terms
        }
        if not wanted:
            return set()
        known = self._inner.known_terms(wanted)
        kept = {
            word
            for word, found in meanings.items()
            if any(known.issuperset(meaning.terms) for meaning in found)
        }
        self.borrowed |= kept | {analysis.term(word) for word in kept}
        return kept
