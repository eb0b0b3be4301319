"""Kinds that a format has no words for travel as an open question with a note to whoever marks it.

The other system shows the note to the assessor, who can use it; Opora, seeing its own label, reads it back.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from certification.exchange.building import Built, checked
from certification.exchange.items import Unsuitable
from certification.kinds import KINDS, Malformed
from certification.wording import malformed_words


def to_note(kind: str, body: Mapping[str, Any]) -> str:
    """The notation of a kind, one line after the other."""
    return KINDS[kind].write(body)


def from_note(kind: str, note: str) -> Built:
    """The question that ``to_note`` wrote down. Raises Unsuitable."""
    if kind not in KINDS:
        raise Unsuitable(_("the kind “%(kind)s” is not known here") % {"kind": kind[:30]})
    try:
        return checked(Built(kind, KINDS[kind].parse(note)))
    except Malformed as fault:
        raise Unsuitable(malformed_words(Malformed(fault.code))) from None
