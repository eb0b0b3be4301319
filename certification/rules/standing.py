"""Up to which version a question holds: from who confirmed it, and what became of its article since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class VersionSeen:
    """A version of the article: its number, the hash of the whole text, the hash of what the question rests on.

    ``tells``: people were told of it. A version nobody is told of changes no answer.
    """

    number: int
    text: str
    passage: str
    tells: bool


def holds_through(versions: Sequence[VersionSeen], confirmed: Collection[str]) -> int | None:
    """The highest version, in the order of ``versions``, for which the question is confirmed; None for none.

    A confirmation of a text holds on through versions that changed nothing people are told of, and through those
    that left alone what the question rests on.
    """
    holds: VersionSeen | None = None
    for version in versions:
        moved_on = holds and (not version.tells or version.passage == holds.passage)
        holds = version if version.text in confirmed or moved_on else None
    return holds.number if holds else None
