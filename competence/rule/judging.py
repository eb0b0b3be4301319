"""The judgement: level, state, dates, gate and reason of one cell on one day. Start reading here."""

from dataclasses import dataclass
from datetime import date

from competence.rule.calendar import days_between
from competence.rule.cells import Cell, Kind, Requirement, Risk
from competence.rule.changes import Outstanding, outstanding_changes
from competence.rule.events import (
    Check,
    Commission,
    Declared,
    Observation,
    Override,
    Progress,
    Quiz,
)
from competence.rule.explaining import explain, suspended_until
from competence.rule.gates import Gate, gate_of
from competence.rule.history import History
from competence.rule.lapsing import ended_by_date
from competence.rule.levels import End, Reach, reach_on
from competence.rule.reasons import Reason
from competence.rule.states import State

BEGINS_LEARNING = (Quiz, Observation, Declared, Commission, Override, Check, Progress)
MISSED_CHECK_SHUTS = (Risk.HIGH, Risk.CRITICAL)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the rule says of a cell on a day.

    ``until`` is the last valid day of the level; ``check_by`` the earliest outstanding deadline, from publication on;
    ``state`` is None where the position requires nothing, ``gate`` where the cell is not gated.
    """

    on: date
    known: date
    level: int
    until: date | None
    state: State | None
    check_by: date | None
    gate: Gate | None
    above_band: int | None
    reason: Reason


def judge(cell: Cell, on: date, known: date | None = None) -> Judgement:
    """Judge ``cell`` for the day ``on`` by what was recorded through ``known`` (left out: through that day).

    With a later ``known`` only what was recorded since looks back: withdrawals, leaves, late sign-offs.
    """
    return judge_day(History(cell, known or on), on)


def judge_day(history: History, on: date) -> Judgement:
    """Judge a known history for the day ``on``; for many days of one history."""
    requirement = history.cell.requirement_on(on)
    reach = reach_on(history, on)
    outstanding = _outstanding(history, requirement, reach, on)
    state, lapse = _state(history, requirement, reach, outstanding, on)
    above_band = _above_band(requirement, reach.level)
    return Judgement(
        on=on,
        known=history.known,
        level=reach.level,
        until=reach.last_day(reach.level),
        state=state,
        check_by=min((one.check_by for one in outstanding), default=None),
        gate=gate_of(history, requirement, state, on),
        above_band=above_band,
        reason=explain(
            history,
            on,
            state=state,
            requirement=requirement,
            reach=reach,
            outstanding=outstanding,
            lapse=lapse,
            above_band=above_band,
        ),
    )


def _outstanding(
    history: History, requirement: Requirement | None, reach: Reach, on: date
) -> list[Outstanding]:
    """A change “concerns a cell at target, where the position requires the competence”."""
    if requirement is None or reach.level < (requirement.level or 0):
        return []
    return outstanding_changes(history, reach, on)


def _state(
    history: History,
    requirement: Requirement | None,
    reach: Reach,
    outstanding: list[Outstanding],
    on: date,
) -> tuple[State | None, End | None]:
    """“State: the first that holds”, and for what lapsed by date the end of the last day that reached the target."""
    if requirement is None or requirement.level is None:
        return None, None
    if suspended_until(history, on):
        return State.SUSPENDED, None
    if reach.level < requirement.level:
        return _state_below_target(history, requirement.level, on)
    return _state_at_target(history, reach.end(requirement.level), outstanding, on), None


def _state_below_target(history: History, target: int, on: date) -> tuple[State, End | None]:
    """“Lapsed: below target, and on the last day that reached it, it ended by date. Learning: below target otherwise,
    with any quiz, observation, declaration, verdict, override, check or progress in it. None: nothing of these.”
    """
    lapse = ended_by_date(history, target, on)
    if lapse:
        return State.LAPSED, lapse
    if any(one.on <= on for kind in BEGINS_LEARNING for one in history.of_type(kind)):
        return State.LEARNING, None
    return State.NONE, None


def _state_at_target(
    history: History, end: End | None, outstanding: list[Outstanding], on: date
) -> State:
    """“Lapsed: at target, a high or critical check overdue. Stale: a check outstanding. Due soon: 30 days or fewer to
    the last day of the target level.” A change that is published but not yet effective makes nothing stale.
    """
    overdue = any(one.check_by < on for one in outstanding)
    if overdue and history.cell.competence.risk in MISSED_CHECK_SHUTS:
        return State.LAPSED
    if any(one.effective <= on for one in outstanding):
        return State.STALE
    if end and _renewal_begun(history, end, on):
        return State.DUE_SOON
    return State.CURRENT


def _renewal_begun(history: History, end: End, on: date) -> bool:
    """Whether a cell at target is to be renewed; a quality only once “the assessment is older than a year”."""
    if history.cell.competence.kind is Kind.QUALITY:
        return on > end.last
    return days_between(on, end.last) <= history.cell.figures.renewal_days


def _above_band(requirement: Requirement | None, level: int) -> int | None:
    """“A target may be a band: above it is said and never punished.”"""
    if requirement is None or requirement.upper is None or level <= requirement.upper:
        return None
    return level - requirement.upper
