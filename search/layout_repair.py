"""Whether a query was typed in the wrong keyboard layout, judged by which of its words the index knows. Pure."""

from collections.abc import Iterable

from search import analysis, layout
from search.vocabulary import Vocabulary

CLEARLY_KNOWN = 0.67
"""A query of which so many words are known was typed in the right layout."""

TELLING_LENGTH = 4
"""A known word of so many letters is no accident: short ones come out of any keys."""

MOST_WORDS = 32
"""Words that are looked at; the rest of a long query adds nothing to the judgement."""


def _known_share(
    words: list[str], vocabulary: Vocabulary, *, nearly: bool = False
) -> tuple[float, int]:
    """Which share of the telling words is known, and how many telling words there are."""
    telling = [word for word in words if word not in analysis.STOP_WORDS][:MOST_WORDS]
    known = known_among(telling, vocabulary)
    hits = sum(
        word in known or (nearly and len(word) > 4 and bool(vocabulary.near(word, 1)))
        for word in telling
    )
    return hits / max(1, len(telling)), len(telling)


def known_among(words: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """Words that occur as typed or in another form."""
    words = list(words)
    known = set(vocabulary.counts(words))
    forms = {
        word: analysis.term(word)
        for word in words
        if word not in known and not word.isdigit() and not analysis.is_compound(word)
    }
    if forms:
        found = vocabulary.known_terms(forms.values())
        known.update(word for word, term in forms.items() if term in found)
    return known


def repair(query: str, vocabulary: Vocabulary) -> str:
    """The query in the other layout if that makes far more of its words known, else single words of it."""
    words = analysis.words(query)
    share, _ = _known_share(words, vocabulary)
    suspicious = any(key in query for key in layout.PUNCTUATION_KEYS)
    if share >= CLEARLY_KNOWN and not suspicious:
        return query
    if not any(len(word) >= TELLING_LENGTH for word in known_among(words, vocabulary)):
        for switch in (layout.to_russian, layout.to_english):
            switched = switch(query)
            if switched == query.lower():
                continue
            other, telling = _known_share(analysis.words(switched), vocabulary, nearly=True)
            if other > share + 0.2 and (telling > 1 or other == 1):
                return switched
    chunks = query.split()
    repaired = [
        _repair_word(chunk, vocabulary, unfinished=place == len(chunks))
        for place, chunk in enumerate(chunks, 1)
    ]
    return query if repaired == chunks else " ".join(repaired)


def _repair_word(chunk: str, vocabulary: Vocabulary, *, unfinished: bool) -> str:
    words = analysis.words(chunk)
    if not words or len(known_among(words, vocabulary)) == len(set(words)):
        return chunk
    if unfinished and len(words) == 1 and vocabulary.completions(words[0], 1):
        return chunk
    for switch in (layout.to_russian, layout.to_english):
        switched = switch(chunk)
        other = analysis.words(switched)
        if not other or switched == chunk.lower() or any(len(word) < 3 for word in other):
            continue
        if len(known_among(other, vocabulary)) == len(set(other)):
            return switched
    return chunk
