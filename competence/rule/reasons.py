"""Why a cell is in its state: a code and its parameters, to be put into words elsewhere, in any language."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Code(StrEnum):
    """What decided, one for each thing that can be said."""

    NOT_REQUIRED = "not_required"
    SUSPENDED = "suspended"
    KNOWLEDGE_LAPSED = "knowledge_lapsed"
    PRACTICE_LAPSED = "practice_lapsed"
    DECLARATION_LAPSED = "declaration_lapsed"
    VERDICT_LAPSED = "verdict_lapsed"
    OVERRIDE_LAPSED = "override_lapsed"
    CHECK_OVERDUE = "check_overdue"
    LEARNING = "learning"
    NOTHING_SHOWN = "nothing_shown"
    CHECK = "check"
    CHECK_LATE = "check_late"
    CHANGE_AHEAD = "change_ahead"
    RENEW = "renew"
    OVERRIDE_ENDS = "override_ends"
    RATING_OLD = "rating_old"
    CURRENT = "current"
    OBSERVATION_AFTER_LEAVE = "observation_after_leave"


class Lacking(StrEnum):
    """What a learner still has to show."""

    KNOWLEDGE = "knowledge"
    PRACTICE = "practice"
    BOTH = "both"
    RATING = "rating"
    COMMISSION = "commission"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why: the levels, and ``until``, the day the sentence speaks of (a deadline, a last day, a past end)."""

    code: Code
    level: int
    target: int | None = None
    until: date | None = None
    lacking: Lacking | None = None
    above_band: int | None = None
