"""What a certificate is worth on a day, from what the ledger says of its competences; and its number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Crockford's letters: nothing that is read for something else. Twelve of them nobody guesses.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 3, 4
LENGTH = GROUPS * GROUP
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "–": None})


class Validity(StrEnum):
    """What is said of a certificate."""

    VALID = "valid"
    LAPSED = "lapsed"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Proof:
    """What stands behind one competence: whether the result does, and its last valid day."""

    stands: bool
    last: date | None


def validity_of(
    proofs: Iterable[Proof], *, revoked: bool, day: date
) -> tuple[Validity, date | None]:
    """What it is worth on ``day``, and its last valid day: the first on which one of its competences ends.

    A result that was withdrawn revokes it as somebody's word does.
    """
    found = list(proofs)
    last = min((one.last for one in found if one.last), default=None)
    if revoked or not all(one.stands for one in found):
        return Validity.REVOKED, last
    if last is None or last < day:
        return Validity.LAPSED, last
    return Validity.VALID, last


def written(symbols: str) -> str:
    """Twelve symbols as people read them: in groups of four."""
    return "-".join(symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_number(text: str) -> str | None:
    """A number as somebody typed it, as it is kept; None for what can be none."""
    symbols = text.upper().translate(READ_AS)
    if len(symbols) != LENGTH or not set(symbols) <= set(ALPHABET):
        return None
    return written(symbols)
