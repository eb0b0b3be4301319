"""Who may find what: the audience of an indexed text, and what one viewer's sight takes in. Pure.

An audience is a short string the index can compare: ``public``, ``internal`` (all staff) or ``teams:3,7``
(members of at least one of these teams).
"""

from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC = "public"
INTERNAL = "internal"
NOBODY = "nobody"
"""For what is in the index but must not be found by anybody but those who see everything."""


def teams(team_ids: Iterable[int]) -> str:
    """The audience of members of any of these teams; no team at all is nobody."""
    ids = sorted(set(team_ids))
    return "teams:" + ",".join(map(str, ids)) if ids else NOBODY


def of_internal_part(audience: str) -> str:
    """The audience of an internal part inside a text of ``audience``."""
    return INTERNAL if audience == PUBLIC else audience


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer may find: staff or not, in which teams, or everything."""

    staff: bool = False
    team_ids: frozenset[int] = frozenset()
    everything: bool = False

    def admits(self, audience: str) -> bool:
        """Whether texts of ``audience`` may be found; an audience this code does not know may not."""
        if self.everything or audience == PUBLIC:
            return True
        if audience == INTERNAL:
            return self.staff
        kind, _, ids = audience.partition(":")
        if kind != "teams" or not self.staff:
            return False
        return any(int(team_id) in self.team_ids for team_id in ids.split(",") if team_id.isdigit())


STRANGER = Sight()
EVERYTHING = Sight(staff=True, everything=True)
