"""Shifts, the usual week and working time: the pure rule, over zones and clock changes."""

import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.working_hours import Days, NoWorkingTime, Span, WorkingTime, merged, usual_shift

MOSCOW = ZoneInfo("Europe/Moscow")
# Half hours, clock changes in both hemispheres, one that moves by half an hour, and a day that never was.
ZONES = (
    "Europe/Moscow",
    "Asia/Vladivostok",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(
    datetime.datetime(2011, 12, 1),  # noqa: DTZ001
    datetime.datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(datetime.UTC),
)
hours = st.integers(0, 400).map(lambda quarter: quarter / 4)


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime.datetime:
    """A moment of 2026 in Moscow; the 23rd of November is a Monday."""
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=MOSCOW)


def test_without_rows_people_work_monday_to_friday_nine_to_eighteen():
    usual = WorkingTime(zone=MOSCOW)

    assert not usual.is_on_shift(at(23, 8, 59))
    assert usual.is_on_shift(at(23, 9))
    assert usual.is_on_shift(at(23, 17, 59))
    assert not usual.is_on_shift(at(23, 18))
    assert not usual.is_on_shift(at(28, 12))


def test_the_usual_week_is_that_of_the_persons_own_zone():
    far = WorkingTime(zone=ZoneInfo("Asia/Vladivostok"))

    assert far.is_on_shift(at(23, 2, 30))
    assert not far.is_on_shift(at(23, 12))


def test_a_roster_replaces_the_usual_week_between_its_first_and_last_day():
    rostered = WorkingTime(
        zone=MOSCOW, shifts=(Span(at(23, 12), at(23, 21)), Span(at(26, 12), at(26, 21)))
    )

    assert rostered.is_on_shift(at(23, 20))
    assert not rostered.is_on_shift(at(23, 10))
    assert not rostered.is_on_shift(at(24, 12))
    assert rostered.is_on_shift(at(27, 10)), "after the last row the usual week holds again"


def test_a_night_shift_runs_past_midnight_and_says_when_it_ends():
    night = WorkingTime(zone=MOSCOW, shifts=(Span(at(23, 20), at(24, 8)),))

    assert night.shift_end(at(24, 3)) == at(24, 8)
    assert night.shift_end(at(24, 8)) is None


def test_after_midnight_the_running_night_shift_stands_beside_the_next_one():
    nights = WorkingTime(
        zone=MOSCOW, shifts=(Span(at(23, 20), at(24, 8)), Span(at(24, 20), at(25, 8)))
    )

    assert [span.start for span in nights.shifts_around(at(24, 3))] == [at(23, 20), at(24, 20)]
    assert [span.start for span in nights.shifts_around(at(24, 12))] == [at(24, 20)]


def test_nobody_on_leave_is_on_shift():
    away = WorkingTime(zone=MOSCOW, away=(Days(at(23, 0).date(), at(24, 0).date()),))

    assert not away.is_on_shift(at(23, 12))
    assert not away.is_on_shift(at(24, 12))
    assert away.is_on_shift(at(25, 12))


def test_a_shift_that_begins_on_a_day_of_leave_is_not_worked_past_midnight_either():
    away = WorkingTime(
        zone=MOSCOW,
        shifts=(Span(at(23, 20), at(24, 8)),),
        away=(Days(at(23, 0).date(), at(23, 0).date()),),
    )

    assert not away.is_on_shift(at(24, 3))


def test_nobody_works_before_being_hired_or_after_leaving():
    hired = WorkingTime(zone=MOSCOW, employed=Days(at(24, 0).date(), at(25, 0).date()))

    assert [hired.is_on_shift(at(day, 12)) for day in (23, 24, 25, 26)] == [
        False,
        True,
        True,
        False,
    ]


def test_working_hours_skip_nights_and_weekends():
    usual = WorkingTime(zone=MOSCOW)

    assert usual.add_working_hours(at(27, 16), 4) == at(30, 11)
    assert usual.add_working_hours(at(28, 12), 1) == at(30, 10)
    assert usual.add_working_hours(at(27, 16), 2) == at(27, 18)


def test_overlapping_shifts_are_not_counted_twice():
    double = WorkingTime(
        zone=MOSCOW, shifts=(Span(at(23, 9), at(23, 15)), Span(at(23, 12), at(23, 18)))
    )

    assert double.hours_between(at(23, 0), at(24, 0)) == 9


def test_somebody_who_has_left_has_no_working_time_ahead():
    gone = WorkingTime(zone=MOSCOW, employed=Days(None, at(20, 0).date()))

    with pytest.raises(NoWorkingTime):
        gone.add_working_hours(at(23, 9), 1)


def test_working_time_is_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        WorkingTime(zone=MOSCOW).add_working_hours(at(23, 9), -1)


def test_the_next_shift_after_friday_evening_is_mondays():
    shift = WorkingTime(zone=MOSCOW).next_shift(at(27, 18))

    assert (shift.start, shift.end) == (at(30, 9), at(30, 18))


def test_a_day_that_a_zone_skipped_has_no_shift():
    assert usual_shift(datetime.date(2011, 12, 30), ZoneInfo("Pacific/Apia")) == []


@given(zone=zones, start=moments, first=hours, second=hours)
def test_working_hours_add_up(zone, start, first, second):
    usual = WorkingTime(zone=zone)
    together = usual.add_working_hours(start, first + second)

    assert usual.add_working_hours(usual.add_working_hours(start, first), second) == together


@given(zone=zones, start=moments, hours=hours)
def test_between_a_moment_and_the_due_moment_lies_exactly_that_working_time(zone, start, hours):
    usual = WorkingTime(zone=zone)
    due = usual.add_working_hours(start, hours)

    assert due >= start
    assert usual.hours_between(start, due) == pytest.approx(hours)


@given(zone=zones, monday=st.integers(0, 780))
def test_every_week_has_forty_five_hours_whatever_the_clocks_do(zone, monday):
    first = datetime.date(2012, 1, 2) + datetime.timedelta(weeks=monday)
    start = datetime.datetime.combine(first, datetime.time.min, zone)
    end = datetime.datetime.combine(first + datetime.timedelta(days=7), datetime.time.min, zone)

    assert WorkingTime(zone=zone).hours_between(start, end) == 45


@given(zone=zones, moment=moments)
def test_whoever_is_on_shift_has_an_end_ahead_and_whoever_is_not_has_none(zone, moment):
    usual = WorkingTime(zone=zone)
    end = usual.shift_end(moment)

    assert (end is not None) == usual.is_on_shift(moment)
    assert end is None or end > moment


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), max_size=12))
def test_joined_spans_cover_the_same_time_without_touching(pairs):
    base = at(23, 0)
    spans = [
        Span(base + datetime.timedelta(hours=h), base + datetime.timedelta(hours=h + length))
        for h, length in pairs
    ]
    joined = merged(spans)
    probes = [base + datetime.timedelta(hours=n, minutes=30) for n in range(62)]

    assert [any(p in s for s in spans) for p in probes] == [
        any(p in s for s in joined) for p in probes
    ]
    assert all(a.end < b.start for a, b in pairwise(joined))
