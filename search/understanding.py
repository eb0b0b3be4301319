"""Query understanding: from what was typed to what is looked for. Pure.

Each repair is tried only on words the index does not know, so a query that is right is never rewritten.
What was done is returned as notes, for the page to say aloud and to offer the query as typed.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from search import analysis, layout_repair, spelling, transliteration
from search.vocabulary import Translations, Vocabulary

MAX_LENGTH = 400
MAX_WORDS = 32

COMPLETED, SOUNDING, CORRECTED = 0.8, 0.9, 0.7
"""Weights of what was guessed, against 1 for what was typed."""

COMPLETED_KNOWN = 0.5
"""A short last word that is a word already may still be the beginning of another."""

BEGUN = 2
"""Letters after which an unfinished word is completed."""

SOUNDING_KNOWN = 0.4
"""A Latin word that is known may still be meant in its Russian spelling."""

SHORT = 4
"""Words up to this length are completed even if known, and are too short to be known by their sound."""

Repair = Literal["layout", "sound", "typo", "phrase"]

QUOTED = re.compile(r"[\"«“„]([^\"«»“”„]+)[\"»”“]")
EXCLUDED = re.compile(r"(?:^|(?<=\s))[-−](?=[^\W\d_]{3})([^\s\"«»“”„]+)")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Group:
    """One typed word and the terms that may stand for it, each with its weight; the best one counts."""

    typed: str
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One repair: what was typed and how it was read."""

    repair: Repair
    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it is looked for."""

    typed: str
    text: str
    groups: tuple[Group, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    words: tuple[str, ...] = field(default=())
    """The words as typed, stop words left out: for recognising a title while it is being typed."""

    def __bool__(self) -> bool:
        return bool(self.groups or self.phrases)


def clean(text: str) -> str:
    """Make any input a query: control and direction marks become spaces, space is single, length has an end."""
    return " ".join(CONTROL.sub(" ", text[: MAX_LENGTH * 4]).split())[:MAX_LENGTH]


def understand(
    text: str,
    vocabulary: Vocabulary,
    *,
    literal: bool = False,
    into: str = "",
    paraphrased: bool = False,
) -> Understood:
    """Read ``text`` against ``vocabulary``; with ``literal`` nothing is repaired and nothing completed.

    ``into`` is the one language that is asked for: a query in the other is looked up in the glossary too.
    ``paraphrased``: words of this language that say the same are looked for too.
    """
    typed = clean(text)
    phrases = tuple(filter(None, (tuple(analysis.terms(part)) for part in QUOTED.findall(typed))))
    excluded = tuple(
        term for word in EXCLUDED.findall(typed) for term in map(analysis.term, _plain_words(word))
    )
    query = EXCLUDED.sub(" ", typed).strip() if excluded else typed
    notes: list[Note] = []
    if not literal and not phrases:
        repaired = layout_repair.repair(query, vocabulary)
        if repaired != query:
            notes.append(Note("layout", query, repaired))
            query = repaired
    open_end = not literal and not phrases
    chosen = _choose_words(query, vocabulary, open_end=open_end)[:MAX_WORDS]
    if literal:
        groups = tuple(Group(word, ((analysis.term(word), 1.0),)) for word in chosen)
    else:
        groups, more = _read_words(chosen, vocabulary, open_end=open_end)
        notes += more
        if _is_foreign(query, into):
            groups = _translated(groups, vocabulary)
        elif paraphrased:
            groups = _widened(groups, vocabulary)
    return Understood(
        typed=typed,
        text=_retell(query, notes),
        groups=groups,
        phrases=phrases,
        excluded=excluded,
        notes=tuple(notes),
        words=tuple(word for word in analysis.words(query) if word not in analysis.STOP_WORDS),
    )


def without_phrases(understood: Understood) -> Understood:
    """The same query with its quotes taken for emphasis: for when the phrase stands nowhere."""
    notes = tuple(Note("phrase", " ".join(phrase), "") for phrase in understood.phrases)
    return replace(understood, phrases=(), notes=(*understood.notes, *notes))


def _plain_words(text: str) -> list[str]:
    return [part for parts in analysis.compounds(text) for part in parts]


def _choose_words(query: str, vocabulary: Vocabulary, *, open_end: bool) -> list[str]:
    """Words to look for: a compound as a whole where the index knows it, else its parts; no stop words."""
    compounds = analysis.compounds(query)
    wholes = {analysis.whole(parts) for parts in compounds if len(parts) > 1}
    known = vocabulary.counts(wholes) if wholes else {}
    chosen: list[str] = []
    for place, parts in enumerate(compounds, 1):
        whole = analysis.whole(parts)
        unfinished = open_end and len(parts) > 1 and place == len(compounds)
        is_code = whole in known or (unfinished and vocabulary.completions(whole, 1))
        chosen.extend([whole] if is_code else parts)
    telling = [word for word in chosen if word not in analysis.STOP_WORDS]
    return telling or chosen[:1]


def _read_words(
    words: list[str], vocabulary: Vocabulary, *, open_end: bool
) -> tuple[tuple[Group, ...], list[Note]]:
    """The alternatives for each word; ``open_end``: the last one may be unfinished."""
    counts = vocabulary.counts(words)
    known = layout_repair.known_among(words, vocabulary)
    groups, notes = [], []
    for position, word in enumerate(words):
        unfinished = open_end and position == len(words) - 1
        alternatives, note = _read_word(
            word, vocabulary, exact=word in counts, known=word in known, unfinished=unfinished
        )
        groups.append(Group(word, tuple(alternatives.items())))
        if note:
            notes.append(note)
    return tuple(groups), notes


def _read_word(
    word: str, vocabulary: Vocabulary, *, exact: bool, known: bool, unfinished: bool
) -> tuple[dict[str, float], Note | None]:
    alternatives = {analysis.term(word): 1.0} if known else {}
    note = None
    if (
        unfinished
        and len(word) >= BEGUN
        and not word.isdigit()
        and (not exact or len(word) <= SHORT)
    ):
        weight = COMPLETED_KNOWN if exact else COMPLETED
        for found in vocabulary.completions(word, 25):
            alternatives.setdefault(analysis.term(found), weight)
    if analysis.is_compound(word):
        return alternatives or {word: 1.0}, None
    if exact:
        for candidate in _sounding_too(word, vocabulary):
            alternatives.setdefault(analysis.term(candidate), SOUNDING_KNOWN)
        return alternatives, None
    found = _sounding(word, vocabulary, known=known)
    if found and not alternatives:
        note = Note("sound", word, found[0])
    for candidate in found:
        alternatives.setdefault(analysis.term(candidate), SOUNDING)
    if not known and not (unfinished and alternatives) and spelling.may_be_corrected(word):
        found = vocabulary.near(word, 3)
        if found and not alternatives:
            note = Note("typo", word, found[0])
        for candidate in found:
            alternatives.setdefault(analysis.term(candidate), CORRECTED)
    return alternatives or {analysis.term(word): 1.0}, note


def _is_foreign(query: str, into: str) -> bool:
    """Whether the query is written in the other script than the language asked for."""
    folded = analysis.fold(query)
    if into == "ru":
        return not analysis.CYRILLIC.search(folded) and bool(analysis.LATIN.search(folded))
    return into == "en" and bool(analysis.CYRILLIC.search(folded))


def _translated(groups: tuple[Group, ...], vocabulary: Vocabulary) -> tuple[Group, ...]:
    """Each group as the other language says it, the words as typed after that: names are the same in both.

    A compound that no glossary holds is translated by its parts.
    """
    groups = tuple(part for group in groups for part in _parts(group))
    glossary = vocabulary.translations({term for group in groups for term, _ in group.terms})
    return tuple(_in_the_other_language(group, glossary) for group in groups)


def _widened(groups: tuple[Group, ...], vocabulary: Vocabulary) -> tuple[Group, ...]:
    """Each word as typed with its paraphrases."""
    sure = {group.terms[0][0] for group in groups if group.terms[0][1] == 1.0}
    paraphrases = vocabulary.paraphrases(sure)
    widened = []
    for group in groups:
        terms = dict(group.terms)
        first = group.terms[0][0]
        if first in sure:
            for term, weight in paraphrases.get(first, ()):
                terms.setdefault(term, weight)
        widened.append(Group(group.typed, tuple(terms.items())))
    return tuple(widened)


def _parts(group: Group) -> list[Group]:
    if not analysis.is_compound(group.typed) or analysis.LATIN.search(group.typed):
        return [group]
    words = (word for word in group.typed.split("_") if word not in analysis.STOP_WORDS)
    return [Group(word, ((analysis.term(word), 1.0),)) for word in words]


def _in_the_other_language(group: Group, glossary: Translations) -> Group:
    translated: dict[str, float] = {}
    for term, weight in group.terms:
        for other, share in glossary.get(term, ()):
            translated[other] = max(weight * share, translated.get(other, 0.0))
    terms = dict(sorted(translated.items(), key=lambda pair: -pair[1]))
    for term, weight in group.terms:
        terms.setdefault(term, weight)
    return Group(group.typed, tuple(terms.items()))


def _sounding(word: str, vocabulary: Vocabulary, *, known: bool) -> list[str]:
    """Words that sound like ``word`` and are written in the other script."""
    if analysis.LATIN.match(word):
        keys = transliteration.keys_of_latin(word)
        return vocabulary.sounding(keys, russian=True, limit=3)
    if analysis.CYRILLIC.match(word) and not known:
        keys = [transliteration.key_of_russian(word)]
        return vocabulary.sounding(keys, russian=False, limit=3)
    return []


def _sounding_too(word: str, vocabulary: Vocabulary) -> list[str]:
    """The Russian spelling of a known Latin word: ``bitrix`` in an address, ``Битрикс`` in the title."""
    if len(word) <= SHORT or not analysis.LATIN.match(word):
        return []
    return vocabulary.sounding(transliteration.keys_of_latin(word), russian=True, limit=1)


def _retell(query: str, notes: list[Note]) -> str:
    """The query with its repaired words in place."""
    replaced = {note.typed: note.read for note in notes if note.repair != "layout"}
    if not replaced:
        return query
    return re.sub(
        r"[^\W_]+", lambda match: replaced.get(analysis.fold(match.group()), match.group()), query
    )
