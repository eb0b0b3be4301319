"""Reading the embedded engine's dictionary as one viewer knows it."""

import json
import sqlite3
from collections.abc import Iterable

from search import analysis, spelling
from search.engines.dictionary import FREQUENT, LONG_SOUND

LONG_WORD = 8
"""In words of at least so many letters two slips are forgiven."""

COMPLETE_WORD = (
    "SELECT text, sum(titles) AS found FROM word INDEXED BY title_word"
    " WHERE titles > 0 AND text >= ? AND text < ?"
    " AND audience IN (SELECT value FROM json_each(?)) AND instr(text, '_') = 0"
    " GROUP BY text ORDER BY found DESC, text LIMIT ?"
)
COMPLETE_CODE = (
    "SELECT text, sum(articles) AS found FROM word WHERE text >= ? AND text < ?"
    " AND audience IN (SELECT value FROM json_each(?))"
    " GROUP BY text ORDER BY found DESC, text LIMIT ?"
)


class DictionaryView:
    """The dictionary as one viewer knows it: ``Words`` over the audiences he is admitted to."""

    def __init__(self, connection: sqlite3.Connection, audiences: Iterable[str]) -> None:
        self._connection = connection
        self._audiences = json.dumps(list(audiences))

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """In how many articles each word occurs exactly so."""
        return {word: articles for word, (articles, _) in self._frequencies(words).items()}

    def known_terms(self, terms: Iterable[str]) -> set[str]:
        """Those terms that occur in some form."""
        rows = self._connection.execute(
            "SELECT DISTINCT text FROM term WHERE text IN (SELECT value FROM json_each(?))"
            " AND audience IN (SELECT value FROM json_each(?))",
            (json.dumps(list(terms)), self._audiences),
        )
        return {text for (text,) in rows}

    def near(self, word: str, limit: int) -> list[str]:
        """The nearest words: by distance, then same first letter, then frequency, titles before texts."""
        furthest = 2 if len(word) >= LONG_WORD else 1
        rows = self._connection.execute(
            "SELECT DISTINCT text FROM near WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(spelling.keys(word))),),
        )
        near = spelling.within(word, (text for (text,) in rows), furthest)
        found = self._frequencies(text for _, text in near)
        ranked = sorted(
            (distance, text[0] != word[0], -(found[text][0] + 20 * found[text][1]), text)
            for distance, text in near
            if text in found and (found[text][0] >= FREQUENT or found[text][1])
        )
        return [row[3] for row in ranked if row[0] == ranked[0][0]][:limit]

    def sounding(self, keys: Iterable[str], *, russian: bool, limit: int) -> list[str]:
        """Words of the other script that sound so: exactly if there are any, else with one letter wrong."""
        keys = list(keys)
        filed = self._filed(map(spelling.key, keys), russian=russian)
        alike = [text for sound, text in filed if sound in keys]
        if not alike and russian:
            by_sound: dict[str, set[str]] = {}
            longer = [key for key in keys if len(key) >= LONG_SOUND]
            slips = {slip for key in longer for slip in spelling.keys(key)}
            for sound, text in self._filed(slips, russian=True):
                by_sound.setdefault(sound, set()).add(text)
            near = {found for key in longer for _, found in spelling.within(key, by_sound, 1)}
            alike = [text for sound in near for text in by_sound[sound]]
        found = self._frequencies(alike)
        return sorted(found, key=lambda text: (-found[text][0], text))[:limit]

    def completions(self, prefix: str, limit: int) -> list[str]:
        """The most frequent title words that begin with ``prefix``; for a code begun, codes of any text."""
        statement = COMPLETE_CODE if analysis.is_compound(prefix) else COMPLETE_WORD
        rows = self._connection.execute(
            statement, (prefix, prefix + "\U0010ffff", self._audiences, limit)
        )
        return [text for text, _ in rows]

    def _filed(self, keys: Iterable[int], *, russian: bool) -> list[tuple[str, str]]:
        rows = self._connection.execute(
            "SELECT DISTINCT sound, text FROM sound WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        return [row for row in rows if bool(analysis.CYRILLIC.search(row[1])) is russian]

    def _frequencies(self, words: Iterable[str]) -> dict[str, tuple[int, int]]:
        """For each word that occurs: articles with it, and titles with it."""
        wanted = json.dumps(list(words))
        if wanted == "[]":
            return {}
        rows = self._connection.execute(
            "SELECT text, sum(articles), sum(titles) FROM word"
            " WHERE text IN (SELECT value FROM json_each(?))"
            " AND audience IN (SELECT value FROM json_each(?)) GROUP BY text",
            (wanted, self._audiences),
        )
        return {text: (articles, titles) for text, articles, titles in rows}
