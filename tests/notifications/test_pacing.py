"""When a message goes out: at once, after the quiet hours, with the digest. Pure."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.pacing import Hours, Pace, due_at

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = datetime.timedelta(days=1)

clocks = st.times(timezones=st.none()).map(lambda time: time.replace(second=0, microsecond=0))
zones = st.sampled_from([MOSCOW, BERLIN, ZoneInfo("Asia/Kamchatka"), ZoneInfo("America/St_Johns")])
moments = st.datetimes(
    datetime.datetime(2026, 1, 1),  # noqa: DTZ001
    datetime.datetime(2028, 3, 1),  # noqa: DTZ001
    timezones=st.just(datetime.UTC),
)


def at(hour: int, minute: int = 0, *, day: int = 23, zone=MOSCOW) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=zone)


NIGHT = Hours(zone=MOSCOW, quiet_from=datetime.time(21), quiet_until=datetime.time(8))


def test_without_quiet_hours_it_goes_at_once():
    assert due_at(at(3), pace=Pace.AT_ONCE, hours=Hours(zone=MOSCOW)) == at(3)


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        (at(20, 59), at(20, 59)),
        (at(21), at(8, day=24)),
        (at(23), at(8, day=24)),
        (at(3), at(8)),
        (at(8), at(8)),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(written, goes):
    assert due_at(written, pace=Pace.AT_ONCE, hours=NIGHT) == goes


def test_what_is_urgent_keeps_to_no_hours():
    assert due_at(at(3), pace=Pace.OFF, hours=NIGHT, is_urgent=True) == at(3)


def test_nothing_is_sent_to_who_wants_nothing():
    with pytest.raises(ValueError, match="wants nothing"):
        due_at(at(12), pace=Pace.OFF, hours=NIGHT)


def test_the_digest_comes_at_its_hour_on_the_persons_own_clock():
    hours = Hours(zone=ZoneInfo("Asia/Kamchatka"), digest_at=datetime.time(9, 30))

    assert due_at(at(12), pace=Pace.DIGEST, hours=hours) == at(9, 30, day=24, zone=hours.zone)


def test_what_comes_at_the_very_hour_of_the_digest_goes_with_the_next():
    assert due_at(at(9), pace=Pace.DIGEST, hours=Hours(zone=MOSCOW)) == at(9, day=24)


def test_an_hour_that_the_clock_skips_in_spring_still_comes_that_day():
    hours = Hours(zone=BERLIN, digest_at=datetime.time(2, 30))
    before = datetime.datetime(2026, 3, 29, 0, 0, tzinfo=BERLIN)

    due = due_at(before, pace=Pace.DIGEST, hours=hours)

    assert due.astimezone(BERLIN).date() == before.date()


@given(moments, zones, clocks, clocks, clocks, st.sampled_from([Pace.AT_ONCE, Pace.DIGEST]))
def test_it_is_never_early_never_later_than_two_days_and_never_in_quiet_hours(
    now, zone, quiet_from, quiet_until, digest_at, pace
):
    hours = Hours(zone=zone, quiet_from=quiet_from, quiet_until=quiet_until, digest_at=digest_at)

    due = due_at(now, pace=pace, hours=hours)

    assert now <= due <= now + 2 * DAY
    if pace is Pace.AT_ONCE and due != now:
        assert hours.is_quiet(now)
