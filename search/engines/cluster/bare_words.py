"""What is known of words on a machine that has no index of its own yet: nothing, so nothing is guessed."""

from collections.abc import Iterable

from search.engines.base import Session


class BareWords:
    """``Words`` that takes every word as typed."""

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """Every word counts as known, so none is repaired."""
        return dict.fromkeys(words, 1)

    def known_terms(self, terms: Iterable[str]) -> set[str]:
        """Likewise."""
        return set(terms)

    def near(self, word: str, limit: int) -> list[str]:
        """None."""
        return []

    def sounding(self, keys: Iterable[str], *, russian: bool, limit: int) -> list[str]:
        """None."""
        return []

    def completions(self, prefix: str, limit: int) -> list[str]:
        """None."""
        return []


def alike(term: str) -> float:
    """All terms weigh the same where nothing is known of them."""
    return 1.0


def words_of(session: Session | None):
    """The vocabulary and the weights of the local index, or what stands for them without one."""
    if session is None:
        return BareWords(), alike
    return session.vocabulary, session.weight_of
