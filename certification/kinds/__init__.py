"""Kinds of questions: how each is written down, shown, answered and scored. Pure: no framework, no clock.

A kind is one object of one module here and knows nothing of the others. What a question of the kind holds is its
``body``, plain JSON. To add a kind: a module with a subclass of ``Kind``, its line in ``KINDS``, its template
``certification/kinds/<name>.html`` and its words in ``certification.wording``.
"""

from certification.kinds.base import Kind, Malformed, NotAnAnswer, Presented
from certification.kinds.choosing import Multiple, Single, TrueFalse
from certification.kinds.finding import Find
from certification.kinds.gaps import Gap
from certification.kinds.judging import Situational
from certification.kinds.numbers import Numeric
from certification.kinds.pairs import Matching
from certification.kinds.sequences import Ordering
from certification.kinds.texts import ShortText
from certification.kinds.tickets import Classify
from certification.kinds.transcripts import MarkMistake
from certification.kinds.writing import Open

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(Single(), Multiple(), TrueFalse(), ShortText(), Numeric()),
        *(Ordering(), Matching(), Gap(), Find(), MarkMistake(), Classify(), Situational()),
        Open(),
    )
}


# Those that a program judges at once.
JUDGED_AT_ONCE = tuple(name for name, kind in KINDS.items() if not kind.assessed)


def kind_of(name: str) -> Kind:
    """The kind called ``name``. Raises KeyError for one that nobody knows."""
    return KINDS[name]


__all__ = ["JUDGED_AT_ONCE", "KINDS", "Kind", "Malformed", "NotAnAnswer", "Presented", "kind_of"]
