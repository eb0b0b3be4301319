"""Who works when: shifts, the usual week, leave. Pure: no framework, the moment is passed in.

A shift belongs to the day it begins on, in the person's own zone. A roster speaks for the days from its
first shift to its last; before and after it the usual week holds: Monday to Friday, 9 to 18.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

SHIFT_BEGINS, SHIFT_ENDS = datetime.time(9), datetime.time(18)
SATURDAY = 5
DAY = datetime.timedelta(days=1)
# How far ahead working time is looked for: beyond it nobody is coming back.
HORIZON = datetime.timedelta(days=800)
WINDOW = 28 * DAY


class NoWorkingTime(ValueError):
    """There is not that much working time within the horizon: the person has left or is away for good."""


@dataclass(frozen=True, order=True)
class Span:
    """Time from ``start`` to ``end``, the end not included. Both are aware moments."""

    start: datetime.datetime
    end: datetime.datetime

    def __contains__(self, moment: datetime.datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, order=True)
class Days:
    """Days from ``first`` to ``last``, both included; an end that is None is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def __contains__(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class WorkingTime:
    """The working time of one person.

    ``shifts`` are the rows of the roster, ``roster`` the days it speaks for where only a part of the rows
    was loaded (left out: from the first shift to the last); ``away`` are leaves; ``employed`` the days
    between hiring and leaving.
    """

    zone: ZoneInfo
    shifts: tuple[Span, ...] = ()
    roster: Days | None = None
    away: tuple[Days, ...] = ()
    employed: Days = Days()

    def is_on_shift(self, at: datetime.datetime) -> bool:
        """Whether the person works at the moment ``at``."""
        return self.shift_at(at) is not None

    def shift_at(self, at: datetime.datetime) -> Span | None:
        """The stretch of work ``at`` belongs to, touching shifts taken together; None off shift."""
        day = self._day(at)
        longest = max((span.end - span.start for span in self.shifts), default=DAY)
        for span in merged(self._between(day - longest - DAY, day + longest + DAY)):
            if at in span:
                return span
        return None

    def shift_end(self, at: datetime.datetime) -> datetime.datetime | None:
        """When the shift running at ``at`` ends, in the person's zone; None off shift."""
        span = self.shift_at(at)
        return span.end.astimezone(self.zone) if span else None

    def shifts_on(self, day: datetime.date) -> list[Span]:
        """The shifts that begin on ``day``, in order, in the person's zone."""
        return [
            Span(span.start.astimezone(self.zone), span.end.astimezone(self.zone))
            for span in merged(self._beginning_on(day))
        ]

    def shifts_around(self, at: datetime.datetime) -> list[Span]:
        """The shift running at ``at``, if it began the day before, and those that begin on its day."""
        day = self._day(at)
        today = self.shifts_on(day)
        running = self.shift_at(at)
        if running is None or self._day(running.start) == day:
            return today
        return [
            Span(running.start.astimezone(self.zone), running.end.astimezone(self.zone)),
            *today,
        ]

    def add_working_hours(self, start: datetime.datetime, hours: float) -> datetime.datetime:
        """The first moment by which ``hours`` of working time have passed since ``start``.

        Nothing to wait for gives ``start`` itself. Raises ValueError for a negative number, NoWorkingTime
        if the person does not work that much within the horizon.
        """
        if hours < 0:
            raise ValueError("Working time is counted forwards.")
        left = datetime.timedelta(hours=hours)
        if not left:
            return start.astimezone(self.zone)
        for span in self._from(start):
            length = span.end - span.start
            if left <= length:
                return (span.start + left).astimezone(self.zone)
            left -= length
        raise NoWorkingTime(f"There are not {hours:g} working hours ahead of {start.isoformat()}.")

    def hours_between(self, start: datetime.datetime, end: datetime.datetime) -> float:
        """The working time from ``start`` to ``end``, in hours."""
        total = datetime.timedelta()
        for span in self._from(start, until=end):
            total += span.end - span.start
        return total / datetime.timedelta(hours=1)

    def next_shift(self, after: datetime.datetime) -> Span | None:
        """The first shift that begins after ``after``; None if there is none within the horizon."""
        day = self._day(after) - DAY
        for span in merged(self._between(day, day + HORIZON)):
            if span.start > after:
                return Span(span.start.astimezone(self.zone), span.end.astimezone(self.zone))
        return None

    @cached_property
    def _roster(self) -> Days | None:
        if self.roster is not None or not self.shifts:
            return self.roster
        days = [self._day(span.start) for span in self.shifts]
        return Days(min(days), max(days))

    @cached_property
    def _shifts_by_day(self) -> dict[datetime.date, list[Span]]:
        found: dict[datetime.date, list[Span]] = {}
        for span in self.shifts:
            found.setdefault(self._day(span.start), []).append(span)
        return found

    def _day(self, at: datetime.datetime) -> datetime.date:
        return at.astimezone(self.zone).date()

    def _beginning_on(self, day: datetime.date) -> list[Span]:
        if day not in self.employed or any(day in days for days in self.away):
            return []
        if self._roster is not None and day in self._roster:
            return self._shifts_by_day.get(day, [])
        return usual_shift(day, self.zone)

    def _between(self, first: datetime.date, last: datetime.date) -> Iterator[Span]:
        """The shifts that begin on the days from ``first`` to ``last``, as they come, in UTC."""
        day = first
        while day <= last:
            for span in self._beginning_on(day):
                yield Span(span.start.astimezone(datetime.UTC), span.end.astimezone(datetime.UTC))
            day += DAY

    def _from(
        self, start: datetime.datetime, until: datetime.datetime | None = None
    ) -> Iterator[Span]:
        """Working time from ``start`` on, cut at ``start`` and ``until``, without overlaps, window by window."""
        start = start.astimezone(datetime.UTC)
        until = min(until.astimezone(datetime.UTC), start + HORIZON) if until else start + HORIZON
        longest = max((span.end - span.start for span in self.shifts), default=DAY)
        while start < until:
            end = min(start + WINDOW, until)
            first = self._day(start) - longest - DAY
            for span in merged(self._between(first, self._day(end))):
                cut = Span(max(span.start, start), min(span.end, end))
                if cut.start < cut.end:
                    yield cut
            start = end


def usual_shift(day: datetime.date, zone: ZoneInfo) -> list[Span]:
    """The shift of the usual week on ``day``: one from Monday to Friday, none at the weekend.

    A day that a zone has skipped (Samoa, 30 December 2011) has none either.
    """
    if day.weekday() >= SATURDAY:
        return []
    start = datetime.datetime.combine(day, SHIFT_BEGINS, zone)
    end = datetime.datetime.combine(day, SHIFT_ENDS, zone)
    if start.astimezone(datetime.UTC).astimezone(zone).date() != day:
        return []
    return [Span(start, end)]


def merged(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order, those that touch or overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
