"""Reading the embedded engine's dictionary as one viewer knows it."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

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


NOWHERE = (0, 0)
"""Articles and titles of a word that does not occur."""

MOST_REMEMBERED = 10_000
"""Answers that a process keeps of the dictionary for one set of audiences; beyond that it starts afresh."""


class Memory:
    """What the dictionary said to viewers with the same audiences, as long as nothing changes in the index.

    People ask with the same words all day, and while they type with the same words again and again.
    """

    def __init__(self) -> None:
        self._answers: dict[tuple, Any] = {}

    def recall(self, question: tuple, ask: Callable[[], list[str]]) -> list[str]:
        """What was answered before, else what ``ask`` says now."""
        try:
            return self._answers[question]
        except KeyError:
            answer = ask()
            self.keep(question, answer)
            return answer

    def get(self, question: tuple) -> Any:
        """What was answered before; None if nothing was."""
        return self._answers.get(question)

    def keep(self, question: tuple, answer: Any) -> None:
        """Remember an answer."""
        if len(self._answers) >= MOST_REMEMBERED:
            self._answers = {}
        self._answers[question] = answer


class DictionaryView:
    """The dictionary as one viewer knows it: ``Words`` over the audiences he is admitted to."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        audiences: Iterable[str],
        memory: Memory | None = None,
    ) -> None:
        self._connection = connection
        self._audiences = json.dumps(list(audiences))
        self._memory = memory or Memory()

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """In how many articles each word occurs exactly so."""
        return {word: articles for word, (articles, _) in self._frequencies(words).items()}

    def known_terms(self, terms: Iterable[str]) -> set[str]:
        """Those terms that occur in some form."""
        known = {term: self._memory.get(("term", term)) for term in terms}
        new = [term for term, found in known.items() if found is None]
        if new:
            rows = self._connection.execute(
                "SELECT DISTINCT text FROM term WHERE text IN (SELECT value FROM json_each(?))"
                " AND audience IN (SELECT value FROM json_each(?))",
                (json.dumps(new), self._audiences),
            )
            found = {text for (text,) in rows}
            for term in new:
                known[term] = term in found
                self._memory.keep(("term", term), known[term])
        return {term for term, found in known.items() if found}

    def near(self, word: str, limit: int) -> list[str]:
        """The nearest words: by distance, then same first letter, then frequency, titles before texts."""
        return self._memory.recall(("near", word), lambda: self._near(word))[:limit]

    def _near(self, word: str) -> list[str]:
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
        return [row[3] for row in ranked if row[0] == ranked[0][0]]

    def sounding(self, keys: Iterable[str], *, russian: bool, limit: int) -> list[str]:
        """Words of the other script that sound so: exactly if there are any, else with one letter wrong."""
        asked = tuple(keys)
        return self._memory.recall(
            ("sounding", asked, russian), lambda: self._sounding(asked, russian=russian)
        )[:limit]

    def _sounding(self, keys: Sequence[str], *, russian: bool) -> list[str]:
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
        return sorted(found, key=lambda text: (-found[text][0], text))

    def completions(self, prefix: str, limit: int) -> list[str]:
        """The most frequent title words that begin with ``prefix``; for a code begun, codes of any text."""
        return self._memory.recall(
            ("completions", prefix, limit), lambda: self._completions(prefix, limit)
        )

    def _completions(self, prefix: str, limit: int) -> list[str]:
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
        words = list(words)
        get, keep = self._memory.get, self._memory.keep
        known = {word: get(("word", word)) for word in words}
        new = [word for word, found in known.items() if found is None]
        if new:
            rows = self._connection.execute(
                "SELECT text, sum(articles), sum(titles) FROM word"
                " WHERE text IN (SELECT value FROM json_each(?))"
                " AND audience IN (SELECT value FROM json_each(?)) GROUP BY text",
                (json.dumps(new), self._audiences),
            )
            known |= dict.fromkeys(new, NOWHERE)
            known |= {text: (articles, titles) for text, articles, titles in rows}
            for word in new:
                keep(("word", word), known[word])
        return {word: found for word, found in known.items() if found is not NOWHERE}
