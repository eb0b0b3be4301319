"""How often a change may interrupt a person: judged on plain values."""

import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.interruptions import A_WEEK, Waiting, comes_now, shift_of
from people.working_hours import Days, Span, WorkingTime

MOSCOW = ZoneInfo("Europe/Moscow")
USUAL = WorkingTime(zone=MOSCOW)
HOUR = datetime.timedelta(hours=1)


def at(day: int, hour: int = 10) -> datetime.datetime:
    """A moment of June 2026: its first day is a Monday."""
    return datetime.datetime(2026, 6, day, hour, tzinfo=MOSCOW)


def waits(since: datetime.datetime, by: int | None = None) -> Waiting:
    """Announced then, to be checked by that day of June."""
    return Waiting(since, datetime.date(2026, 6, by) if by else None)


def comes(*waiting: Waiting, now: datetime.datetime, before=(), time=USUAL) -> bool:
    return comes_now(waiting, before=before, time=time, now=now)


def test_the_first_of_a_shift_comes_when_it_is_announced():
    assert comes(waits(at(1)), now=at(1))
    assert comes(waits(at(6, 12)), now=at(6, 12))  # on a Saturday too: it is Monday's


def test_the_second_waits_for_the_next_shift():
    second = waits(at(1, 11), by=15)

    assert not comes(second, before=[at(1)], now=at(1, 12))
    assert not comes(second, before=[at(1)], now=at(1, 20)), "nor in the evening after"
    assert not comes(second, before=[at(1)], now=at(2, 8))
    assert comes(second, before=[at(1)], now=at(2, 9))


def test_what_came_at_the_weekend_was_the_one_of_monday():
    assert not comes(waits(at(6, 13)), before=[at(6, 12)], now=at(8, 10))
    assert comes(waits(at(6, 13)), before=[at(6, 12)], now=at(9, 10))


def test_three_a_week_and_the_fourth_on_monday():
    before = [at(1), at(2), at(3)]

    assert not comes(waits(at(4), by=18), before=before, now=at(4))
    assert comes(waits(at(4), by=18), before=before, now=at(8))


def test_what_is_to_be_checked_before_the_next_shift_comes_all_the_same():
    before = [at(3), at(4), at(5)]

    assert comes(waits(at(5), by=5), before=before, now=at(5, 11))
    assert comes(waits(at(5), by=7), before=before, now=at(5, 11)), "Sunday is nobody's shift"
    assert not comes(waits(at(5), by=8), before=before, now=at(5, 11))


def test_a_night_shift_is_one_shift():
    nights = WorkingTime(
        zone=MOSCOW,
        shifts=tuple(Span(at(day, 20), at(day, 20) + 12 * HOUR) for day in (1, 2, 3)),
    )

    assert shift_of(nights, at(2, 3)) == datetime.date(2026, 6, 1)
    assert not comes(waits(at(2, 3)), before=[at(1, 22)], now=at(2, 3), time=nights)
    assert comes(waits(at(2, 3)), before=[at(1, 22)], now=at(2, 21), time=nights)


@st.composite
def four_weeks(draw):
    """Announcements in four weeks of June, and a leave somewhere in them or none."""
    moments = draw(
        st.lists(st.integers(min_value=0, max_value=28 * 24 - 1), min_size=1, max_size=30)
    )
    allowance = draw(st.integers(min_value=0, max_value=14))
    first = draw(st.integers(min_value=1, max_value=25))
    leave = draw(
        st.one_of(
            st.none(),
            st.just(Days(datetime.date(2026, 6, first), datetime.date(2026, 6, first + 4))),
        )
    )
    start = datetime.datetime(2026, 6, 1, tzinfo=MOSCOW)
    return (
        sorted(start + hour * HOUR for hour in moments),
        datetime.timedelta(days=allowance),
        WorkingTime(zone=MOSCOW, away=(leave,) if leave else ()),
    )


@settings(max_examples=40, deadline=None)
@given(four_weeks())
def test_nobody_is_interrupted_oftener_and_nothing_comes_too_late(drawn):
    announced, allowance, time = drawn
    waiting: list[Waiting] = []
    told: list[tuple[datetime.datetime, Waiting]] = []
    forced: set[datetime.datetime] = set()
    moments: list[datetime.datetime] = []
    now, left = datetime.datetime(2026, 6, 1, tzinfo=MOSCOW), list(announced)
    while now < datetime.datetime(2026, 7, 27, tzinfo=MOSCOW):
        while left and left[0] <= now:
            waiting.append(Waiting(left[0], (left.pop(0) + allowance).date()))
        if comes_now(waiting, before=moments, time=time, now=now):
            if not comes_now(
                [Waiting(one.announced_at) for one in waiting], before=moments, time=time, now=now
            ):
                forced.add(now)
            told += [(now, one) for one in waiting]
            moments.append(now)
            waiting = []
        now += HOUR

    assert len(told) == len(announced), "nothing is lost"
    for moment, one in told:
        in_time = moment.date() <= one.check_by
        had_no_shift = not any(
            time.shifts_on(one.announced_at.date() + datetime.timedelta(days=n))
            for n in range((one.check_by - one.announced_at.date()).days + 1)
        )
        assert in_time or had_no_shift
    free = [shift_of(time, moment) for moment in moments if moment not in forced]
    assert len(free) == len(set(free)), "one a shift"
    weeks = [day.isocalendar()[:2] for day in free]
    assert all(weeks.count(week) <= A_WEEK for week in weeks)


def test_where_nothing_waits_nothing_comes():
    assert not comes(now=at(1))
