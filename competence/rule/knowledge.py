"""The knowledge track: what passes, fails and the declaration give, and how long each of them lasts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from competence.rule.calendar import add_days, add_months, days_between
from competence.rule.cells import Campaign, Competence
from competence.rule.events import Declared, Event, Quiz
from competence.rule.figures import Figures
from competence.rule.leave import Absences

HIGHEST_KNOWLEDGE = 3


class Source(StrEnum):
    """What a holding comes from."""

    PASS = "pass"  # noqa: S105 - a passed quiz, no password
    DECLARATION = "declaration"
    REMAINDER = "remainder"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A level held from ``since`` through ``last``, or until a second fail ended it.

    ``shown_on`` is the day of the evidence; ``anchor`` and ``months`` say from where a pass was counted and how far.
    """

    source: Source
    level: int
    shown_on: date
    since: date
    last: date
    ended: date | None = None
    anchor: date | None = None
    months: int = 0

    def in_force(self, day: date) -> bool:
        """Whether it counts on ``day``: a second fail ends it “that day”, a date after its last day."""
        return self.since <= day <= self.last and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class KnowledgeTrack:
    """All holdings a history gives, in the order in which they came about."""

    holdings: tuple[Holding, ...]

    def in_force(self, day: date) -> list[Holding]:
        """The holdings that count on ``day``."""
        return [holding for holding in self.holdings if holding.in_force(day)]

    def last_day(self, level: int, day: date) -> date | None:
        """“The latest last day among the passes in force at that level or above”; None: K is below it on ``day``.

        “The highest pass in force counts: a lower pass lowers nothing.”
        """
        return max((one.last for one in self.in_force(day) if one.level >= level), default=None)

    def last_day_of_pass(self, on: date, level: int) -> date | None:
        """The last day on which the pass of ``on`` at ``level`` counts; None where it gave nothing.

        A second fail ends a pass “that day”: the day before was its last.
        """
        level = min(level, HIGHEST_KNOWLEDGE)
        days = [
            min(one.last, add_days(one.ended, -1)) if one.ended else one.last
            for one in self.holdings
            if one.source is Source.PASS and (one.shown_on, one.level) == (on, level)
        ]
        return max(days, default=None)

    @property
    def declaration(self) -> Holding | None:
        """What was declared at the start, if anything was."""
        return next((one for one in self.holdings if one.source is Source.DECLARATION), None)


def knowledge_track(
    events: Iterable[Event],
    *,
    competence: Competence,
    campaigns: Sequence[Campaign],
    absences: Absences,
    figures: Figures,
) -> KnowledgeTrack:
    """The holdings that known ``events``, given by day, add up to."""
    book = _Book(
        competence, sorted(campaigns, key=lambda one: (one.first, one.last)), absences, figures
    )
    for event in events:
        if isinstance(event, Quiz):
            if event.passed:
                book.passed(event)
            else:
                book.failed(event)
        elif isinstance(event, Declared):
            book.declared(event)
    return KnowledgeTrack(tuple(book.holdings))


@dataclass
class _Book:
    """Holdings while events are read one by one."""

    competence: Competence
    campaigns: list[Campaign]
    absences: Absences
    figures: Figures
    holdings: list[Holding] = field(default_factory=list)
    open_fails: dict[int, date] = field(default_factory=dict)

    def passed(self, quiz: Quiz) -> None:
        """“K = L, normally for 6 months.” A pass also closes the fails at its level and below."""
        level = min(quiz.level, HIGHEST_KNOWLEDGE)
        self.open_fails = {at: day for at, day in self.open_fails.items() if at > level}
        old = self._old_pass(level, quiz.on)
        anchor, months = self._anchor(quiz, old)
        last = self._campaign_end(quiz.on) or add_months(anchor, months)
        if old and anchor == quiz.on:
            # "A pass earlier has its own anchor and lasts to the later of pass + 6 months and the old day."
            last = max(last, old.last)
        self.holdings.append(
            Holding(
                source=Source.PASS,
                level=level,
                shown_on=quiz.on,
                since=quiz.on,
                last=self.absences.move_last_day(last),
                anchor=anchor,
                months=months,
            )
        )

    def failed(self, quiz: Quiz) -> None:
        """“Failed once: nothing.” The “second fail at L within 30 days, no pass at L or above between” ends passes.

        “Both fails are at exactly L.” A fail that follows a second fail is a second fail again.
        """
        level = min(quiz.level, HIGHEST_KNOWLEDGE)
        before = self.open_fails.get(level)
        self.open_fails[level] = quiz.on
        if before is not None and days_between(before, quiz.on) <= self.figures.second_fail_days:
            self._end_holdings(level, quiz.on)

    def declared(self, event: Declared) -> None:
        """“K and P up to 2 for 90 days. Only the first counts.”"""
        if any(one.source is Source.DECLARATION for one in self.holdings):
            return
        last = add_days(event.on, self.figures.declared_days)
        self.holdings.append(
            Holding(
                source=Source.DECLARATION,
                level=min(event.level, self.figures.declared_up_to),
                shown_on=event.on,
                since=event.on,
                last=self.absences.move_last_day(last),
            )
        )

    def _end_holdings(self, level: int, day: date) -> None:
        """“Every pass (and the declaration) at L or above that is in force ends that day;
        K = L−1 until the latest of their dates.” What an earlier second fail left at L ends as well.
        """
        ended = [one for one in self.holdings if one.level >= level and one.in_force(day)]
        if not ended:
            return
        self.holdings = [replace(one, ended=day) if one in ended else one for one in self.holdings]
        longest = max(ended, key=lambda one: one.last)
        self.holdings.append(
            Holding(
                source=Source.REMAINDER,
                level=level - 1,
                shown_on=longest.shown_on,
                since=day,
                last=longest.last,
            )
        )

    def _old_pass(self, level: int, day: date) -> Holding | None:
        """The most recent pass at exactly this level that is in force on ``day``.

        “After a lapse or a second fail: a new anchor. A pass at another level has its own anchor.”
        """
        passes = [
            one
            for one in self.holdings
            if one.source is Source.PASS and one.level == level and one.in_force(day)
        ]
        return passes[-1] if passes else None

    def _anchor(self, quiz: Quiz, old: Holding | None) -> tuple[date, int]:
        """From where a pass is counted, and how many months.

        “The same days are the renewal window: a pass at the same level there counts from the old anchor
        (anchor + next period).” “With campaigns a pass has its own anchor.”
        """
        months = (
            quiz.valid_months or self.competence.knowledge_months or self.figures.knowledge_months
        )
        if old and old.anchor and not self.campaigns:
            window_opens = add_days(old.last, -self.figures.renewal_days)
            if quiz.on >= window_opens:
                return old.anchor, old.months + months
        return quiz.on, months

    def _campaign_end(self, day: date) -> date | None:
        """“A pass lasts through the last day of the first campaign that starts three months or more after it.
        Where no later campaign is planned, months decide.”
        """
        earliest = add_months(day, self.figures.campaign_lead_months)
        return next((one.last for one in self.campaigns if one.first >= earliest), None)
