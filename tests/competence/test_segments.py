"""Segments: the judgements of a span of days, worked out on the days that can differ only."""

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competence.replay.cases import read_case
from competence.rule.history import History
from competence.rule.judging import judge_day
from competence.rule.segments import segments
from tests.competence.histories import case, happened, quiz
from tests.competence.test_rule_properties import histories

KNOWN = date(2026, 4, 10)


def cell_of(given_case):
    """The cell of a case."""
    return read_case(json.dumps(given_case)).cell


def test_the_days_ahead_are_joined_into_segments():
    cell = cell_of(case(quiz("2026-03-03"), happened("2026-04-10", "change"), on="2026-04-10"))
    found = segments(cell, known=KNOWN, first=KNOWN, last=date(2026, 12, 31))
    assert [(one.first, one.last, one.judgement.state) for one in found] == [
        (date(2026, 4, 10), date(2026, 4, 24), "stale"),
        (date(2026, 4, 25), date(2026, 9, 3), "stale"),  # the check is late, which is said
        (date(2026, 9, 4), date(2026, 12, 31), "lapsed"),
    ]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.integers(0, 300))
def test_segments_say_of_every_day_what_its_judgement_says(given_case, start):
    cell = cell_of(given_case)
    first = date(2026, 1, 1) + timedelta(days=start)
    last = first + timedelta(days=200)
    history = History(cell, first)
    found = segments(cell, known=first, first=first, last=last)

    assert [one.first for one in found[1:]] == [one.last + timedelta(days=1) for one in found[:-1]]
    assert (found[0].first, found[-1].last) == (first, last)
    for one in found:
        day = one.first
        while day <= one.last:
            assert judge_day(history, day) == replace(one.judgement, on=day)
            day += timedelta(days=1)
