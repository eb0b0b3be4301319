"""What is judged: one person's cell, that is a competence, what the position requires, and the events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competence.rule.events import Event
from competence.rule.figures import DEFAULT_FIGURES, Figures


class Kind(StrEnum):
    """The three kinds of competence."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    QUALITY = "quality"


class Risk(StrEnum):
    """What a mistake costs; decides how long a material change may stay unchecked."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, kw_only=True)
class Competence:
    """The part of a competence that the rule looks at; validity in months, None: the rule's figure."""

    kind: Kind
    risk: Risk = Risk.NORMAL
    knowledge_months: int | None = None
    practice_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What a position requires from a day on. ``level`` None: nothing. ``upper`` makes the target a band."""

    level: int | None
    upper: int | None = None
    gate: bool = False
    starts: date | None = None

    def __post_init__(self) -> None:
        if self.level is not None and self.upper is not None and self.upper < self.level:
            raise ValueError("the upper end of a band is below its target")


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """The days of one recertification window, both inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a campaign ends before it begins")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One employee, one competence: everything a judgement depends on except the day."""

    competence: Competence
    requirements: Sequence[Requirement] = ()
    campaigns: Sequence[Campaign] = ()
    events: Sequence[Event] = ()
    figures: Figures = DEFAULT_FIGURES

    def requirement_on(self, day: date) -> Requirement | None:
        """The requirement in force on ``day``; None where the position requires nothing.

        “Another position: the same evidence is judged against the new requirement.”
        """
        begun = [one for one in self.requirements if one.starts is None or one.starts <= day]
        if not begun:
            return None
        latest = max(begun, key=lambda one: one.starts or date.min)
        return latest if latest.level is not None else None
