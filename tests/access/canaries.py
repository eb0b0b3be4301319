"""Canaries: words that stand in one field of one object and nowhere else, and who may meet them."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

MARKS = re.compile(rb"</?mark[^>]*>")
LETTERS = "bcdfghjklmnpqrstvwxz"


def word_for(where: str) -> str:
    """A word for the field ``where``: Latin letters only, the same in every run, equal to no other."""
    digest = hashlib.sha256(where.encode()).digest()
    return "zq" + "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:10])


@dataclass(frozen=True)
class Canary:
    """What was put where: ``forms`` are the ways it may be written, ``allowed`` the roles that may meet it.

    ``shown`` are roles that must meet it somewhere in the walk, so that the walk cannot pass by showing nothing.
    """

    where: str
    forms: tuple[str, ...]
    allowed: frozenset[str]
    shown: frozenset[str] = frozenset()


@dataclass
class Canaries:
    """All canaries of a scene."""

    by_where: dict[str, Canary] = field(default_factory=dict)
    pictures: dict[bytes, str] = field(default_factory=dict)
    _found_by: re.Pattern | None = None
    _of_form: dict[bytes, Canary] = field(default_factory=dict)

    def put(
        self,
        where: str,
        *,
        allowed: Iterable[str],
        shown: Iterable[str] = (),
        forms: Iterable[str] = (),
    ) -> str:
        """Make the canary of the field ``where``; its word. ``forms`` replace the word, as for dates."""
        assert where not in self.by_where, where
        allowed, shown = frozenset(allowed), frozenset(shown)
        assert shown <= allowed, where
        canary = Canary(where, tuple(forms) or (word_for(where),), allowed, shown)
        self.by_where[where] = canary
        for form in canary.forms:
            self._of_form[form.lower().encode()] = canary
        self._found_by = None
        return canary.forms[0]

    def word(self, where: str) -> str:
        """The word of the field ``where``."""
        return self.by_where[where].forms[0]

    def show_no_more(self, where: str) -> None:
        """The canary ``where`` need not be met any more: its field has another value."""
        self.by_where[where] = replace(self.by_where[where], shown=frozenset())

    def put_picture(self, where: str, content: bytes) -> None:
        """Know a picture's file by its bytes as the canary ``where``, which has been put."""
        self.pictures[hashlib.sha256(content).digest()] = where

    def met_in(self, content: bytes) -> set[str]:
        """The places whose canaries stand in ``content``."""
        if self._found_by is None:
            longest_first = sorted(self._of_form, key=len, reverse=True)
            self._found_by = re.compile(b"|".join(map(re.escape, longest_first)))
        picture = self.pictures.get(hashlib.sha256(content).digest())
        text = MARKS.sub(b"", content).lower()
        met = {self._of_form[found].where for found in set(self._found_by.findall(text))}
        return met | ({picture} if picture else set())

    def said_by(self, *asked: str) -> set[str]:
        """The places whose canaries stand in what was asked: an echo of them tells nothing."""
        return self.met_in("\n".join([*asked, *map(unquote, asked)]).encode())

    def must_be_met_by(self, role: str) -> set[str]:
        """The places whose canaries ``role`` must have met after a whole walk."""
        return {where for where, canary in self.by_where.items() if role in canary.shown}

    def forbidden_to(self, role: str, met: Iterable[str]) -> set[str]:
        """Those of ``met`` that ``role`` may not meet."""
        return {where for where in met if role not in self.by_where[where].allowed}
