"""Chooses the one reason to give for a state: what decided it, and which day to name."""

from collections.abc import Callable
from datetime import date

from competence.rule.cells import Kind, Requirement
from competence.rule.changes import Outstanding
from competence.rule.events import HIGHEST_LEVEL, Suspension
from competence.rule.gates import waits_for_observation
from competence.rule.history import History
from competence.rule.levels import Bearer, End, Reach, last_day_of_skill_practice
from competence.rule.reasons import Code, Lacking, Reason
from competence.rule.states import State

CODE_OF_LAPSE = {
    Bearer.KNOWLEDGE: Code.KNOWLEDGE_LAPSED,
    Bearer.PRACTICE: Code.PRACTICE_LAPSED,
    Bearer.VERDICT: Code.VERDICT_LAPSED,
    Bearer.OVERRIDE: Code.OVERRIDE_LAPSED,
}


def explain(
    history: History,
    day: date,
    *,
    state: State | None,
    requirement: Requirement | None,
    reach: Reach,
    outstanding: list[Outstanding],
    lapse: End | None,
    above_band: int | None,
) -> Reason:
    """The reason for ``state`` on ``day``, from what the judgement found on its way there."""
    target = requirement.level if requirement else None

    def reason(code: Code, until: date | None = None, lacking: Lacking | None = None) -> Reason:
        return Reason(
            code=code,
            level=reach.level,
            target=target,
            until=until,
            lacking=lacking,
            above_band=above_band,
        )

    if state is None or target is None:
        return reason(Code.NOT_REQUIRED, reach.last_day(reach.level))
    if state is State.SUSPENDED:
        return reason(Code.SUSPENDED, suspended_until(history, day))
    if state is State.LAPSED:
        if lapse:
            return reason(_code_of_lapse(history, lapse), lapse.last)
        return reason(Code.CHECK_OVERDUE, min(one.check_by for one in outstanding))
    if state is State.LEARNING:
        return reason(Code.LEARNING, lacking=_lacking(history, target, day))
    if state is State.NONE:
        return reason(Code.NOTHING_SHOWN)
    if requirement and requirement.gate and waits_for_observation(history, day):
        return reason(Code.OBSERVATION_AFTER_LEAVE)
    if state is State.STALE:
        earliest = min(one.check_by for one in outstanding)
        return reason(Code.CHECK_LATE if earliest < day else Code.CHECK, earliest)
    if state is State.DUE_SOON:
        return _reason_to_renew(reason, history, reach.end(target))
    if outstanding:
        return reason(Code.CHANGE_AHEAD, min(one.check_by for one in outstanding))
    return reason(Code.CURRENT, reach.last_day(reach.level))


def suspended_until(history: History, day: date) -> date | None:
    """The last day of the suspension in force on ``day``; None: there is none."""
    ends = [one.until for one in history.of_type(Suspension) if one.on <= day <= one.until]
    return max(ends, default=None)


def _reason_to_renew(reason: Callable[..., Reason], history: History, end: End | None) -> Reason:
    """What to renew is what bears the target level, not a level above it."""
    until = end.last if end else None
    if history.cell.competence.kind is Kind.QUALITY:
        return reason(Code.RATING_OLD, until)
    if end and end.bearer is Bearer.OVERRIDE:
        return reason(Code.OVERRIDE_ENDS, until)
    return reason(Code.RENEW, until)


def _code_of_lapse(history: History, lapse: End) -> Code:
    """What ended: the declaration where its own day is the one that came, else what the level rested on."""
    declaration = history.knowledge.declaration
    by_track = lapse.bearer in (Bearer.KNOWLEDGE, Bearer.PRACTICE)
    if by_track and declaration and declaration.last == lapse.last:
        return Code.DECLARATION_LAPSED
    return CODE_OF_LAPSE[lapse.bearer]


def _lacking(history: History, target: int, day: date) -> Lacking:
    """What is missing to the target: for a skill, which of the two tracks."""
    kind = history.cell.competence.kind
    if kind is Kind.QUALITY:
        return Lacking.RATING
    if target == HIGHEST_LEVEL:
        return Lacking.COMMISSION
    if kind is Kind.KNOWLEDGE or target == 1:
        return Lacking.KNOWLEDGE
    knows = history.knowledge.last_day(target, day) is not None
    does = last_day_of_skill_practice(history, target, day) is not None
    if knows == does:
        return Lacking.BOTH
    return Lacking.PRACTICE if knows else Lacking.KNOWLEDGE
