"""Whether a line keeps enough people at the phones while others sit in a session."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Clash:
    """More of a line would be away at once than it can spare."""

    line: str
    away: int
    on_shift: int


def clashes(
    lines: Mapping[str, Collection[int]], *, away: Collection[int], most: int
) -> list[Clash]:
    """The lines of which more than ``most`` are away, the most thinned out first.

    ``lines`` holds who is on shift then, by line; ``away`` are all who sit in a session then. Who is off shift
    is missed by nobody.
    """
    gone = set(away)
    found = [
        Clash(line, len(gone & set(people)), len(people))
        for line, people in lines.items()
        if len(gone & set(people)) > most
    ]
    return sorted(found, key=lambda one: (-one.away, one.line))
