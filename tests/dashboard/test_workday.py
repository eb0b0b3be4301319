"""What the home page says about somebody's day."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.workday import Workday, part_of_day, workday, working_days
from people.working_hours import Days, WorkingTime

ZONE = ZoneInfo("Europe/Moscow")
MONDAY = datetime.date(2026, 11, 23)


def at(hour: int, day: datetime.date = MONDAY) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), ZONE)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (4, "night"),
        (5, "morning"),
        (11, "morning"),
        (12, "afternoon"),
        (18, "evening"),
        (23, "night"),
    ],
)
def test_the_greeting_follows_the_hour(hour, part):
    assert part_of_day(at(hour)) == part


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (8, Workday("ahead", at(9))),
        (9, Workday("running", at(18))),
        (18, Workday("over")),
    ],
)
def test_a_usual_monday_has_its_shift_ahead_then_running_then_over(hour, expected):
    assert workday(WorkingTime(zone=ZONE), at(hour)) == expected


def test_a_usual_sunday_has_no_shift():
    sunday = MONDAY - datetime.timedelta(days=1)
    assert workday(WorkingTime(zone=ZONE), at(10, sunday)) == Workday("none")


def test_somebody_on_leave_is_away_until_its_last_day():
    last = MONDAY + datetime.timedelta(days=4)
    time = WorkingTime(zone=ZONE, away=(Days(MONDAY, last),))
    assert workday(time, at(10)) == Workday("away", last)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-23", "2026-11-23", 1),
        ("2026-11-23", "2026-11-27", 5),
        ("2026-11-19", "2026-11-26", 6),
        ("2026-11-21", "2026-11-22", 0),
        ("2026-11-02", "2026-11-30", 21),
    ],
)
def test_working_days_are_counted_with_both_ends(first, last, days):
    assert (
        working_days(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) == days
    )
