"""Material changes of articles: which of them a cell has not answered, and by when it must."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from competence.rule.calendar import DAY, add_days
from competence.rule.cells import Kind, Risk
from competence.rule.events import Change, Check, Quiz
from competence.rule.figures import Figures
from competence.rule.history import History
from competence.rule.levels import Reach, verdict_in_force


@dataclass(frozen=True)
class Outstanding:
    """A change that has not been answered: when it takes effect and by when it must be checked."""

    published: date
    effective: date
    check_by: date


def outstanding_changes(history: History, reach: Reach, day: date) -> list[Outstanding]:
    """The changes published by ``day`` that concern a cell at target and are not answered.

    A change concerns it “for as long as evidence in force on a track that carries the level is older than the
    change's effective day”.
    """
    if not is_asked(history):
        return []
    oldest = min(_evidence(history, reach, day), default=None)
    if oldest is None:
        return []
    return [
        Outstanding(change.on, change.effective_on, deadline(history, change))
        for change in history.of_type(Change)
        if change.on <= day and oldest < change.effective_on and not _answered(history, change, day)
    ]


def is_asked(history: History) -> bool:
    """Whether changes are asked about at all: low risk waits for the next paper, a quality is “never stale”."""
    competence = history.cell.competence
    return competence.kind is not Kind.QUALITY and competence.risk is not Risk.LOW


def deadline(history: History, change: Change) -> date:
    """By when ``change`` must be checked, moved by short leaves."""
    competence, figures = history.cell.competence, history.cell.figures
    latest = latest_day(competence.risk, change.on, change.effective_on, figures)
    allowance = None if competence.risk is Risk.CRITICAL else figures.check_days[competence.risk]
    return history.absences.move_deadline(latest, allowance)


def latest_day(risk: Risk, published: date, effective: date, figures: Figures) -> date:
    """By when a change is to be checked by who is not away; not asked of low risk.

    Normal: effective day + 14; high: + 5; critical: “the day before it, but at least the day after publication”.
    """
    if risk is Risk.CRITICAL:
        return max(effective - DAY, published + DAY)
    return add_days(effective, figures.check_days[risk])


def _evidence(history: History, reach: Reach, day: date) -> Iterable[date]:
    """The days of the evidence in force that a change may be newer than.

    “Passes in force and the declaration; for a skill of level 2 or more also the last five observations; while a
    commission's verdict holds, the verdict alone.” What a second fail left is as old as the pass it is left of.
    """
    verdict = verdict_in_force(history, day)
    if verdict:
        return [verdict.on]
    days = [one.shown_on for one in history.knowledge.in_force(day) if one.level > 0]
    if history.cell.competence.kind is Kind.SKILL and reach.level >= 2:
        days += [one.on for one in history.last_five(day)]
    return days


def _answered(history: History, change: Change, day: date) -> bool:
    """“It is answered by a check, or by a passed full quiz that covers the change, on or after publication.”

    “One check on the newest answers all. A quiz that answers a change may be of any level. A check on the day of the
    publication answers it, whatever the order.”
    """
    checks = [one.on for one in history.of_type(Check)]
    quizzes = [one.on for one in history.of_type(Quiz) if one.passed and one.covers_changes]
    return any(change.on <= answer <= day for answer in checks + quizzes)
