"""A suspended question in papers that were handed in: what becomes of its point, and what that changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from certification.rules.scoring import Breakdown


class Remedy(StrEnum):
    """What becomes of a suspended question where it was asked."""

    LEFT_OUT = "left_out"  # as if it had not been asked: those who knew it lose a point, those who did not lose a gap
    CREDITED = "credited"  # as if everybody had known it: nobody loses


@dataclass(frozen=True)
class Change:
    """What a competence of a paper said before and says now: passed or not; None where it says nothing."""

    competence: int
    before: bool | None
    after: bool | None

    @property
    def gains(self) -> bool:
        """A pass where there was none."""
        return bool(self.after) and not self.before

    @property
    def loses(self) -> bool:
        """No pass where there was one."""
        return bool(self.before) and not self.after


@dataclass(frozen=True)
class Effect:
    """What judging attempts anew would change, in people; one may gain here and lose there."""

    attempts: int
    gain: frozenset[int]
    lose: frozenset[int]
    # Results that would say nothing any more: too few questions of the competence are left.
    silenced: int

    @property
    def changed(self) -> frozenset[int]:
        """The people whose results would change."""
        return self.gain | self.lose


def gentler(effects: Mapping[Remedy, Effect]) -> Remedy:
    """What to propose: to leave it out, unless that silences results that the other remedy keeps."""
    keeps = effects[Remedy.CREDITED].silenced >= effects[Remedy.LEFT_OUT].silenced
    return Remedy.LEFT_OUT if keeps else Remedy.CREDITED


def said(one: Breakdown) -> bool | None:
    """What a competence of a paper says: passed or not, or nothing."""
    return one.passed if one.evidence else None


def changes(before: Sequence[Breakdown], after: Sequence[Breakdown]) -> list[Change]:
    """The competences of one paper of which it says something else than before."""
    then = {one.competence: said(one) for one in before}
    found = [Change(one.competence, then.get(one.competence), said(one)) for one in after]
    return [one for one in found if one.before is not one.after]


def effect(attempts: Iterable[tuple[int, Sequence[Change]]]) -> Effect:
    """What the changes of these attempts, each with its person, come to."""
    judged = list(attempts)
    return Effect(
        attempts=len(judged),
        gain=frozenset(person for person, found in judged if any(one.gains for one in found)),
        lose=frozenset(person for person, found in judged if any(one.loses for one in found)),
        silenced=sum(one.after is None for _person, found in judged for one in found),
    )
