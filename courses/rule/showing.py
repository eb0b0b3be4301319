"""Which showing of a task is next: repetitions, the places of assessors, and rounds that begin anew.

A repetition is done when, in its latest round, everybody who has to sign has signed at or above target. A rating
below target or a withdrawal spoils the round: the same repetition is shown again, in the next one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

FIRST, SECOND = 1, 2


@dataclass(frozen=True)
class Signature:
    """A signature as the rule sees it; ``by`` tells signers apart."""

    repetition: int
    place: int
    round: int
    on: date
    passes: bool
    withdrawn: bool
    by: int

    @property
    def spoils(self) -> bool:
        """Whether its round counts no more."""
        return self.withdrawn or not self.passes


@dataclass(frozen=True, order=True)
class Showing:
    """One signature to be given: of which repetition, in which round, by the first or the second assessor."""

    repetition: int
    round: int = 1
    place: int = FIRST


def latest_round(signatures: Collection[Signature], repetition: int) -> int:
    """The round a repetition is in: one more than those that were spoilt."""
    spoilt = {one.round for one in signatures if one.repetition == repetition and one.spoils}
    return len(spoilt) + 1


def signed_in(signatures: Collection[Signature], repetition: int) -> list[Signature]:
    """What counts of a repetition: the signatures of its latest round."""
    round_now = latest_round(signatures, repetition)
    return [one for one in signatures if one.repetition == repetition and one.round == round_now]


def is_done(signatures: Collection[Signature], repetition: int, places: int) -> bool:
    """Whether everybody who has to sign for a repetition has."""
    return len({one.place for one in signed_in(signatures, repetition)}) >= places


def count_done(signatures: Collection[Signature], repetitions: int, places: int) -> int:
    """How many repetitions are done."""
    return sum(is_done(signatures, number, places) for number in range(1, repetitions + 1))


def open_showings(
    signatures: Collection[Signature], repetitions: int, places: int
) -> Iterator[Showing]:
    """What may be signed now: second places of what was shown, and the first place of the next repetition."""
    for repetition in range(1, repetitions + 1):
        here = signed_in(signatures, repetition)
        round_now = latest_round(signatures, repetition)
        if not here:
            yield Showing(repetition, round_now)
            return
        if places == SECOND and len(here) < places:
            yield Showing(repetition, round_now, SECOND)


def showing_for(
    signatures: Collection[Signature], repetitions: int, places: int, *, signer: int
) -> Showing | None:
    """What ``signer`` may sign next: a second place only after somebody else's first."""
    for showing in open_showings(signatures, repetitions, places):
        firsts = {one.by for one in signed_in(signatures, showing.repetition)}
        if showing.place == FIRST or signer not in firsts:
            return showing
    return None


def taken_days(signatures: Collection[Signature], *, besides: int) -> set[date]:
    """The days on which other repetitions than ``besides`` were shown and stand."""
    repetitions = {one.repetition for one in signatures} - {besides}
    return {one.on for number in repetitions for one in signed_in(signatures, number)}
