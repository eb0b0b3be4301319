"""The days of a plan: weekends, leave, the past; what is late, what waits, what comes next."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from courses.rule.dating import day_number, days_waited, first_day, working_days
from courses.rule.standing import PlanStep, stand

MONDAY = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)
DAYS = st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2030, 1, 1))


def week(day):
    """Monday to Friday."""
    return day.weekday() < 5


def test_a_plan_goes_around_the_weekend():
    days = working_days(MONDAY + 3 * DAY, 3, week)

    assert days == [MONDAY + 3 * DAY, MONDAY + 4 * DAY, MONDAY + 7 * DAY]


def test_a_plan_goes_around_leave():
    days = working_days(MONDAY, 3, lambda day: week(day) and day != MONDAY + DAY)

    assert days == [MONDAY, MONDAY + 2 * DAY, MONDAY + 3 * DAY]


def test_somebody_who_is_away_for_good_still_has_a_plan_with_an_end():
    assert len(working_days(MONDAY, 15, lambda day: False)) == 15


def test_a_plan_never_begins_in_the_past_nor_before_the_first_day_of_work():
    assert first_day(None, hired_on=MONDAY - 30 * DAY, today=MONDAY) == MONDAY
    assert first_day(None, hired_on=MONDAY + DAY, today=MONDAY) == MONDAY + DAY
    assert first_day(MONDAY + 2 * DAY, hired_on=MONDAY, today=MONDAY) == MONDAY + 2 * DAY


def test_a_day_off_belongs_to_the_working_day_before_it():
    assert day_number(MONDAY, MONDAY + 5 * DAY, week) == 5
    assert day_number(MONDAY, MONDAY + 7 * DAY, week) == 6
    assert day_number(MONDAY, MONDAY - DAY, week) == 0


def test_waiting_over_a_weekend_is_one_working_day():
    friday = MONDAY + 4 * DAY

    assert days_waited(friday, friday + 3 * DAY, week) == 1


@given(start=DAYS, count=st.integers(0, 20), off=st.lists(st.integers(0, 40), max_size=6))
def test_working_days_are_in_order_and_never_free(start, count, off):
    off = {start + number * DAY for number in off}
    days = working_days(start, count, lambda day: week(day) and day not in off)

    assert len(days) == count
    assert days == sorted(set(days))
    assert all(week(day) and day not in off for day in days)


def step(key, *, due=0, **fields):
    """A step due so many days after Monday."""
    return PlanStep(key=key, due_on=MONDAY + due * DAY, **fields)


def test_what_was_due_yesterday_is_late_and_what_is_due_today_is_not():
    standing = stand([step(1), step(2, due=1), step(3, due=1, done=True)], MONDAY + DAY)

    assert standing.late == (1,)
    assert (standing.done, standing.total) == (1, 3)


def test_one_missing_signature_holds_two_steps():
    steps = [step(1, waits=True), step(2, after_previous=True), step(3, due=5)]

    standing = stand(steps, MONDAY + DAY)

    assert standing.late == (1, 2)
    assert standing.held == {1: 1, 2: 1}
    assert standing.next == 3


def test_a_step_waits_for_the_first_of_a_row_that_is_not_done():
    steps = [step(1), step(2, after_previous=True), step(3, after_previous=True)]

    assert stand(steps, MONDAY).blocked == {2: 1, 3: 1}


def test_a_lesson_that_was_taken_down_counts_for_nothing():
    standing = stand([step(1, available=False), step(2, done=True)], MONDAY + DAY)

    assert standing.is_complete
    assert standing.late == ()


def test_a_plan_without_steps_is_not_complete():
    assert not stand([], MONDAY).is_complete


@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(-5, 5)), max_size=12
    )
)
def test_what_comes_next_is_never_done_blocked_or_waiting(rows):
    steps = [
        step(key, due=due, done=done, waits=waits and not done, after_previous=after)
        for key, (done, waits, after, due) in enumerate(rows)
    ]

    standing = stand(steps, MONDAY)

    by_key = {one.key: one for one in steps}
    if standing.next is not None:
        chosen = by_key[standing.next]
        assert not chosen.done
        assert not chosen.waits
        assert chosen.key not in standing.blocked
    assert set(standing.held) <= set(standing.late)
    assert standing.done + len([one for one in steps if not one.done]) == standing.total
