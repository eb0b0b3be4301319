"""From the tracks to a level and the last valid day of every level: what a cell reaches on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from competence.rule.calendar import add_months
from competence.rule.cells import Kind
from competence.rule.events import Commission, Override
from competence.rule.history import History
from competence.rule.knowledge import HIGHEST_KNOWLEDGE
from competence.rule.practice import Seen, last_day_of_practice


class Bearer(StrEnum):
    """What a level rests on, and what is renewed to keep it."""

    KNOWLEDGE = "knowledge"
    PRACTICE = "practice"
    VERDICT = "verdict"
    OVERRIDE = "override"
    RATING = "rating"


@dataclass(frozen=True)
class End:
    """The last valid day of a level and what ends then."""

    last: date
    bearer: Bearer


@dataclass(frozen=True)
class Reach:
    """What a cell reaches on a day: for each level reached, its end."""

    ends: Mapping[int, End]
    by_verdict: bool = False

    @property
    def level(self) -> int:
        """The level; 0 if nothing is reached."""
        return max(self.ends, default=0)

    def end(self, level: int) -> End | None:
        """The end of ``level``; None if it is not reached, and “level 0 has none”."""
        return self.ends.get(level)

    def last_day(self, level: int) -> date | None:
        """The last valid day of ``level``."""
        return self.ends[level].last if level in self.ends else None


def reach_on(history: History, day: date) -> Reach:
    """What the cell reaches on ``day`` by the events up to it."""
    if history.cell.competence.kind is Kind.QUALITY:
        return _reach_of_quality(history, day)
    verdict = verdict_in_force(history, day)
    if verdict:
        end = End(last_day_of_verdict(history, verdict), Bearer.VERDICT)
        ends = dict.fromkeys(range(1, verdict.level + 1), end)
    elif history.cell.competence.kind is Kind.KNOWLEDGE:
        ends = _ends_of_knowledge(history, day)
    else:
        ends = _ends_of_skill(history, day)
    _raise_by_overrides(ends, history, day)
    return Reach(ends, by_verdict=verdict is not None)


def verdict_in_force(history: History, day: date) -> Commission | None:
    """The commission's verdict that holds on ``day``: “not moved by later quizzes or observations, only by a later
    verdict”.
    """
    verdicts = [one for one in history.of_type(Commission) if one.on <= day]
    if not verdicts or last_day_of_verdict(history, verdicts[-1]) < day:
        return None
    return verdicts[-1]


def last_day_of_verdict(history: History, verdict: Commission) -> date:
    """“The cell's level for 12 months.”"""
    return add_months(verdict.on, history.cell.figures.verdict_months)


def last_rating(history: History, day: date) -> Seen | None:
    """The last expert rating by ``day``: what a quality consists of."""
    seen = history.seen(day)
    return seen[-1] if seen else None


def _reach_of_quality(history: History, day: date) -> Reach:
    """“The last expert rating; never lapses. For a quality only ratings count, and one of 0 has no last day.”"""
    rating = last_rating(history, day)
    if rating is None:
        return Reach({})
    end = End(rating.last, Bearer.RATING)
    return Reach(dict.fromkeys(range(1, rating.rating + 1), end))


def _ends_of_knowledge(history: History, day: date) -> dict[int, End]:
    """“Knowledge: K (at most 3).”"""
    lasts = {
        level: history.knowledge.last_day(level, day) for level in range(1, HIGHEST_KNOWLEDGE + 1)
    }
    return {level: End(last, Bearer.KNOWLEDGE) for level, last in lasts.items() if last}


def _ends_of_skill(history: History, day: date) -> dict[int, End]:
    """“Skill: 3 = K3 and P3 · 2 = K2 and P2 · 1 = K1 or more, whatever P is.”

    “The last valid day of a level is the earlier of two”: that of knowledge and, from level 2 on, “the day until
    which P still reaches it”.
    """
    ends: dict[int, End] = {}
    for level, knows in _ends_of_knowledge(history, day).items():
        if level == 1:
            ends[level] = knows
            continue
        does = last_day_of_skill_practice(history, level, day)
        if does:
            ends[level] = knows if knows.last <= does else End(does, Bearer.PRACTICE)
    return ends


def last_day_of_skill_practice(history: History, level: int, day: date) -> date | None:
    """The last day on which P reaches ``level``, by observations or by the declaration (“K and P up to 2”)."""
    figures = history.cell.figures
    lasts = [last_day_of_practice(history.last_five(day), level, figures)]
    declaration = history.knowledge.declaration
    if declaration and declaration.level >= level and declaration.in_force(day):
        lasts.append(declaration.last)
    return max((last for last in lasts if last), default=None)


def _raise_by_overrides(ends: dict[int, End], history: History, day: date) -> None:
    """An override “raises to the level”: below that it only ever prolongs."""
    for override in history.of_type(Override):
        if override.on <= day <= override.until:
            for level in range(1, override.level + 1):
                if level not in ends or ends[level].last < override.until:
                    ends[level] = End(override.until, Bearer.OVERRIDE)
