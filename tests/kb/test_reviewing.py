"""The rule of reviews: which week each falls on, whatever is due and however much."""

import datetime
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reviewing import WEEK, Review, plan, week_of

TODAY = datetime.date(2026, 11, 28)
THIS_WEEK = datetime.date(2026, 11, 23)

days = st.dates(TODAY - datetime.timedelta(days=60), TODAY + datetime.timedelta(days=60))
backlogs = st.lists(st.tuples(days, st.integers(0, 9)), max_size=60).map(
    lambda rows: [Review(key=n, due_on=day, reads=reads) for n, (day, reads) in enumerate(rows)]
)


@given(
    backlogs,
    st.dates(TODAY, TODAY + datetime.timedelta(days=7)),
    st.integers(0, 7),
    st.integers(1, 6),
)
def test_every_review_has_a_week_and_no_week_too_many(backlog, today, done, per_week):
    weeks = plan(backlog, today=today, done=done, per_week=per_week)

    assert weeks.keys() == {one.key for one in backlog}
    full = Counter(weeks.values())
    assert full[week_of(today)] <= max(per_week - done, 0)
    assert all(number <= per_week for number in full.values())
    by_key = {one.key: one for one in backlog}
    for key, week in weeks.items():
        wanted = max(week_of(by_key[key].due_on), week_of(today))
        assert week >= wanted
        # Nobody waits beside a free place, nor behind what fewer people read.
        while wanted < week:
            before = [by_key[other] for other, when in weeks.items() if when == wanted]
            places = max(per_week - done, 0) if wanted == week_of(today) else per_week
            assert len(before) == places
            assert all(other.reads >= by_key[key].reads for other in before)
            wanted += WEEK


@given(backlogs)
def test_this_week_does_not_depend_on_what_is_due_later(backlog):
    due = [one for one in backlog if week_of(one.due_on) <= THIS_WEEK]

    def first(reviews):
        return [key for key, week in plan(reviews, today=TODAY).items() if week == THIS_WEEK]

    assert first(due) == first(backlog)


def test_a_first_run_is_spread_the_most_read_first():
    backlog = [
        Review(key=n, due_on=TODAY - datetime.timedelta(days=100 + n), reads=n) for n in range(12)
    ]

    weeks = plan(backlog, today=TODAY)

    assert list(weeks) == [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert [(week - THIS_WEEK).days // 7 for week in weeks.values()] == [0] * 5 + [1] * 5 + [2] * 2


def test_what_is_done_is_not_followed_by_more_of_the_same_week():
    backlog = [Review(key=n, due_on=TODAY, reads=n) for n in range(9)]
    left = [one for one in backlog if one.key < 4]

    assert THIS_WEEK not in plan(left, today=TODAY, done=5).values()


def test_a_week_without_places_is_refused():
    with pytest.raises(ValueError, match="Nothing would ever"):
        plan([], today=TODAY, per_week=0)
