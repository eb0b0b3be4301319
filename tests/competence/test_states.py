"""The seven states, the gate, positions that change, bands, and qualities."""

import pytest

from tests.competence.histories import (
    answer,
    answers_of,
    case,
    fail,
    happened,
    level_until,
    practised,
    quality,
    quiz,
    seen,
    skill,
)


def test_nothing_of_these_is_none():
    events = [
        happened("2026-03-01", "change"),
        happened("2026-03-01", "leave", until="2026-03-02"),
        happened("2026-03-01", "self", rating=4),
        happened("2026-03-01", "peer", rating=4),
        happened("2026-03-01", "customer", rating=4),
        happened("2026-03-01", "calibration", call="A", rating=3),
    ]
    found = skill(*events, on="2026-03-10")
    assert (found["level"], found["state"], found["gate"]) == (0, "none", "shut")


@pytest.mark.parametrize(
    "event",
    [
        fail("2026-03-05"),
        quiz("2026-03-05", 1),
        seen("2026-03-05", 0),
        happened("2026-03-05", "declared", level=1),
        happened("2026-03-05", "commission", level=1),
        happened("2026-03-05", "override", level=1, until="2026-03-06"),
        happened("2026-03-05", "check"),
        happened("2026-03-05", "progress"),
    ],
)
def test_any_evidence_makes_it_learning_from_its_day_on(event):
    assert answer(event, on="2026-03-04")["state"] == "none"
    assert answer(event, on="2026-03-05")["state"] == "learning"


def test_lapsed_stays_lapsed_until_the_target_is_reached_again():
    events = [quiz("2026-03-03"), fail("2026-10-01"), fail("2026-10-02"), quiz("2026-10-05", 1)]
    assert answer(*events, on="2026-10-05")["state"] == "lapsed"


def test_lost_by_a_worse_result_and_then_by_date_is_learning():
    events = [quiz("2026-03-03"), fail("2026-05-05"), fail("2026-05-10")]
    assert answer(*events, on="2026-09-04")["state"] == "learning"


def test_a_second_fail_on_the_last_valid_day_is_a_worse_result():
    events = [quiz("2026-03-03"), fail("2026-09-01"), fail("2026-09-03")]
    assert answer(*events, on="2026-09-03")["state"] == "learning"
    a_day_later = [quiz("2026-03-03"), fail("2026-09-01"), fail("2026-09-04")]
    assert answer(*a_day_later, on="2026-09-04")["state"] == "lapsed"


def test_the_last_day_that_reached_the_target_decides_not_an_earlier_one():
    # Lost by fails in May, reached again by override, and that ended by date.
    events = [
        quiz("2026-03-03"),
        fail("2026-05-05"),
        fail("2026-05-10"),
        happened("2026-05-12", "override", level=2, until="2026-05-20"),
    ]
    assert answer(*events, on="2026-05-11")["state"] == "learning"
    assert answer(*events, on="2026-05-21")["state"] == "lapsed"


def test_due_soon_looks_at_the_target_level_and_not_at_the_level():
    events = [quiz("2026-03-03", 3), quiz("2026-06-06", 2)]
    found = answer(*events, on="2026-08-20")
    assert (level_until(found), found["state"]) == ((3, "2026-09-03"), "current")
    assert answer(*events, on="2026-08-20", level=3)["state"] == "due_soon"


def test_a_target_of_nought_is_always_reached():
    assert answer(on="2026-03-01", level=0)["state"] == "current"


@pytest.mark.parametrize("gate", [True, False])
def test_the_gate_is_open_when_current_due_soon_or_stale(gate):
    stale = [quiz("2026-03-03"), happened("2026-04-01", "change")]
    shut = "shut" if gate else None
    is_open = "open" if gate else None
    assert answer(quiz("2026-03-03"), on="2026-03-03", gate=gate)["gate"] == is_open
    assert answer(quiz("2026-03-03"), on="2026-09-01", gate=gate)["gate"] == is_open
    assert answer(*stale, on="2026-04-02", gate=gate)["gate"] == is_open
    assert answer(quiz("2026-03-03"), on="2026-09-04", gate=gate)["gate"] == shut
    assert answer(quiz("2026-03-03", 1), on="2026-03-04", gate=gate)["gate"] == shut
    assert answer(on="2026-03-04", gate=gate)["gate"] == shut


# --- positions -------------------------------------------------------------------------------------------------------


def test_the_requirement_of_the_day_judges_the_same_evidence():
    requirement = [
        {"from": "2026-06-01", "level": 3, "gate": True},
        {"from": "2026-04-01", "level": 2},
        {"from": "2026-08-01", "level": None},
    ]
    days = ["2026-03-31", "2026-04-01", "2026-06-01", "2026-08-01"]
    given = case(quiz("2026-03-03"), on="", requirement=requirement) | {"ask": days}
    found = answers_of(given)
    assert [(one["state"], one["gate"]) for one in found] == [
        (None, None),
        ("current", None),
        ("learning", "shut"),
        (None, None),
    ]


def test_below_a_new_target_that_was_never_reached_is_learning():
    found = answer(quiz("2026-03-03"), on="2026-10-01", level=3)
    assert found["state"] == "learning"


# --- bands -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("passed", "above"), [(1, None), (2, None), (3, 1)])
def test_above_a_band_is_said_and_never_punished(passed, above):
    found = answer(quiz("2026-03-03", passed), on="2026-03-03", level=1, upper=2)
    assert (found.get("above_band"), found["state"], found["gate"]) == (above, "current", "open")
    assert ("above_band" in found) == (above is not None)


def test_a_band_may_be_of_one_level_and_a_campaign_of_one_day():
    campaigns = [["2026-06-10", "2026-06-10"]]
    found = answer(quiz("2026-03-03", 2), on="2026-03-03", level=2, upper=2, campaigns=campaigns)
    assert (found["until"], found["state"]) == ("2026-06-10", "current")
    assert "above_band" not in found


def test_without_an_upper_end_nothing_is_above():
    assert "above_band" not in answer(quiz("2026-03-03", 3), on="2026-03-03", level=1)


# --- qualities -------------------------------------------------------------------------------------------------------


def test_a_quality_is_the_last_rating():
    events = [seen("2026-03-02", 4), seen("2026-03-09", 2)]
    assert level_until(quality(*events, on="2026-03-08")) == (4, "2027-03-02")
    assert level_until(quality(*events, on="2026-03-09")) == (2, "2027-03-09")


def test_a_quality_older_than_a_year_is_due_soon_and_keeps_its_level():
    rated = seen("2026-03-02", 2)
    assert quality(rated, on="2027-03-02")["state"] == "current"
    for day in ("2027-03-03", "2030-01-01"):
        found = quality(rated, on=day)
        assert (level_until(found), found["state"]) == ((2, "2027-03-02"), "due_soon")


def test_a_quality_never_lapses_and_never_gates():
    found = quality(seen("2026-03-02", 3), seen("2026-03-09", 1), on="2028-01-01")
    assert (found["level"], found["state"], found["gate"]) == (1, "learning", None)
    assert quality(on="2026-03-01")["state"] == "none"


def test_a_quality_rated_nought_has_no_last_day():
    found = quality(seen("2026-03-02", 0), on="2026-03-03")
    assert (level_until(found), found["state"]) == ((0, None), "learning")


def test_for_a_quality_only_ratings_count():
    events = [
        seen("2026-03-02", 1),
        quiz("2026-03-03", 3),
        happened("2026-03-04", "declared", level=2),
        happened("2026-03-05", "commission", level=4),
        happened("2026-03-06", "override", level=3, until="2026-03-20"),
    ]
    assert level_until(quality(*events, on="2026-03-07")) == (1, "2027-03-02")


def test_two_ratings_of_a_call_are_one_rating_of_a_quality():
    events = [
        seen("2026-03-02", 4, call="A"),
        seen("2026-03-03", 3),
        seen("2026-03-04", 1, "ilya", call="A"),
    ]
    # The call is of 2 March, so that the rating of the 3rd is still the last one.
    assert quality(*events, on="2026-03-04")["level"] == 3
    assert quality(events[0], events[2], on="2026-03-04")["level"] == 1


def test_a_skill_of_level_one_needs_no_practice_and_a_new_one_is_learning():
    found = skill(quiz("2026-03-03", 2), practised(0), on="2026-03-05", level=1)
    assert (level_until(found), found["state"]) == ((1, "2026-09-03"), "current")
