"""The seven states of a cell and what an operator is told of them."""

from enum import StrEnum


class State(StrEnum):
    """In the order of the table: the first that holds."""

    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    LEARNING = "learning"
    NONE = "none"
    STALE = "stale"
    DUE_SOON = "due_soon"
    CURRENT = "current"


class Word(StrEnum):
    """The three words an operator reads; the seven states are for the drill-down."""

    MAY = "may"
    MAY_UNTIL = "may_until"
    MAY_NOT = "may_not"


# "Open when every gated cell is `current`, `due_soon` or `stale`"; the same states let a mentor sign.
OPEN_STATES = frozenset({State.CURRENT, State.DUE_SOON, State.STALE})

WORD_OF_STATE = {
    State.SUSPENDED: Word.MAY_NOT,
    State.LAPSED: Word.MAY_NOT,
    State.LEARNING: Word.MAY_NOT,
    State.NONE: None,
    State.STALE: Word.MAY_UNTIL,
    State.DUE_SOON: Word.MAY_UNTIL,
    State.CURRENT: Word.MAY,
}
