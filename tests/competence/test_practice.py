"""The practice track: three of the last five observations, ages, raters and days, ratings of one call."""

import pytest

from tests.competence.histories import happened, level_until, practised, quiz, seen, skill

KNOWS = quiz("2026-03-01", 3)


def p(*events, on, **given):
    """The level of a skill whose holder knows enough for three."""
    return skill(KNOWS, *events, on=on, level=given.pop("level", 3), **given)["level"]


def test_two_observations_are_not_enough_and_the_third_is():
    events = practised(2)
    assert p(*events, on="2026-03-04") == 1
    assert p(*events, on="2026-03-05") == 2


def test_three_observations_of_one_day_are_not_enough():
    events = [seen("2026-03-02"), seen("2026-03-02"), seen("2026-03-02")]
    assert p(*events, on="2026-03-02") == 1
    assert p(*events, seen("2026-03-03"), on="2026-03-03") == 2


def test_the_two_days_must_be_among_those_that_reach_the_level():
    events = [seen("2026-03-02"), seen("2026-03-02"), seen("2026-03-02"), seen("2026-03-03", 1)]
    assert p(*events, on="2026-03-03") == 1


def test_level_three_takes_two_raters_among_those_who_gave_it():
    by_one = [seen("2026-03-02", 3), seen("2026-03-03", 3), seen("2026-03-05", 3)]
    assert p(*by_one, on="2026-03-05") == 2
    assert p(*by_one, seen("2026-03-06", 2, "ilya"), on="2026-03-06") == 2
    assert p(*by_one, seen("2026-03-06", 3, "ilya"), on="2026-03-06") == 3


def test_practice_gives_three_at_most():
    assert p(*practised(4), on="2026-03-05", level=4) == 3


def test_only_the_last_five_count():
    good = practised(2)
    weak = [seen("2026-03-10", 1), seen("2026-03-11", 1)]
    assert p(*good, *weak, on="2026-03-11") == 2
    assert p(*good, *weak, seen("2026-03-12", 1), on="2026-03-12") == 1


def test_a_level_needs_knowledge_and_practice_both():
    assert skill(*practised(3), on="2026-03-05")["level"] == 0
    assert skill(quiz("2026-03-01", 1), *practised(3), on="2026-03-05")["level"] == 1
    assert skill(quiz("2026-03-01", 2), *practised(3), on="2026-03-05")["level"] == 2
    assert skill(quiz("2026-03-01", 3), *practised(3), on="2026-03-05")["level"] == 3


def test_the_last_day_of_a_skill_is_the_earlier_of_knowledge_and_practice():
    renewed = [quiz("2026-03-03"), quiz("2026-08-20"), quiz("2027-02-20")]
    # Knowledge lasts to 3 September 2027, but with the observation of 2 March 2027 gone only two are left.
    found = skill(*practised(2), *renewed, on="2027-02-20")
    assert level_until(found) == (2, "2027-03-02")
    assert found["state"] == "due_soon"
    after = skill(*practised(2), *renewed, on="2027-03-03")
    assert (after["level"], after["until"], after["state"]) == (1, "2027-09-03", "lapsed")


def test_practice_lasts_as_long_as_what_is_left_still_reaches_it():
    knows = quiz("2026-12-20", validity_months=24)
    events = [*practised(2), seen("2026-06-01"), seen("2026-07-01", 1)]
    # 2 March goes, three are left; 3 March goes, two are left.
    assert level_until(skill(knows, *events, on="2026-12-20")) == (2, "2027-03-03")


def test_practice_may_end_since_only_one_day_or_one_rater_is_left():
    knows = quiz("2026-03-01", 3, validity_months=36)
    one_day = [
        seen("2026-03-02"),
        seen("2026-04-01"),
        seen("2026-04-01"),
        seen("2026-04-01"),
    ]
    assert level_until(skill(knows, *one_day, on="2026-04-01")) == (2, "2027-03-02")
    one_rater = [
        seen("2026-03-02", 3, "ilya"),
        seen("2026-04-01", 3),
        seen("2026-04-02", 3),
        seen("2026-04-03", 3),
    ]
    found = skill(knows, *one_rater, on="2026-04-03", level=3)
    assert level_until(found) == (3, "2027-03-02")
    after = skill(knows, *one_rater, on="2027-03-03", level=3)
    assert (after["level"], after["until"], after["state"]) == (2, "2027-04-01", "lapsed")


def test_an_observation_counts_through_the_day_twelve_months_later_clamped():
    knows = quiz("2024-02-29", validity_months=36)
    events = [seen("2024-02-29"), seen("2024-03-05"), seen("2024-03-06")]
    assert level_until(skill(knows, *events, on="2024-03-06")) == (2, "2025-02-28")


def test_another_validity_of_practice_is_used():
    months = {"practice": 3}
    found = skill(KNOWS, *practised(2), on="2026-03-05", validity_months=months)
    assert found["until"] == "2026-06-02"


def test_a_worse_result_is_no_lapse():
    weak = [seen("2026-03-10", 1), seen("2026-03-11", 1), seen("2026-03-12", 1)]
    found = skill(KNOWS, *practised(2), *weak, on="2026-03-12")
    assert (found["level"], found["state"]) == (1, "learning")
    # It stays learning after the dates of what was lost have passed.
    assert skill(KNOWS, *practised(2), *weak, on="2027-06-01")["state"] == "learning"


# --- ratings of one call ---------------------------------------------------------------------------------------------


def test_two_ratings_of_a_call_are_one_observation_and_the_lower_counts():
    events = [
        seen("2026-03-02"),
        seen("2026-03-03"),
        seen("2026-03-04", 2, call="A"),
        seen("2026-03-05", 1, "ilya", call="A"),
    ]
    assert p(*events, on="2026-03-04") == 2
    assert p(*events, on="2026-03-05") == 1


def test_the_observation_of_a_call_is_of_the_first_day_and_rater():
    # The second rating is of another day and rater; neither counts.
    events = [
        seen("2026-03-02", 3, call="A"),
        seen("2026-03-02", 3, call="B"),
        seen("2026-03-02", 3, call="C"),
        seen("2026-03-09", 3, "ilya", call="C"),
    ]
    assert p(*events, on="2026-03-09") == 1


def test_a_late_second_rating_does_not_make_the_call_recent_again():
    old = [seen("2026-03-02", 2, call="A"), seen("2026-03-03"), seen("2026-03-04")]
    weak = [seen("2026-03-10", 1), seen("2026-03-11", 1)]
    again = seen("2026-03-12", 2, "ilya", call="A")
    assert p(*old, *weak, again, on="2026-03-12") == 2  # five observations, not six
    assert p(*old, *weak, again, seen("2026-03-13", 1), on="2026-03-13") == 1


def test_a_calibration_replaces_the_rating_only():
    events = [
        seen("2026-03-02"),
        seen("2026-03-03"),
        seen("2026-03-04", 2, call="A"),
        seen("2026-03-05", 0, "ilya", call="A"),
        happened("2026-03-08", "calibration", call="A", rating=2),
    ]
    assert p(*events, on="2026-03-07") == 1
    assert p(*events, on="2026-03-08") == 2


def test_a_calibration_may_lower_and_stays_when_somebody_rates_the_call_again():
    lower = happened("2026-03-08", "calibration", call="A", rating=1)
    higher = happened("2026-03-08", "calibration", call="A", rating=2)
    events = [seen("2026-03-02"), seen("2026-03-03"), seen("2026-03-04", 2, call="A")]
    again = seen("2026-03-09", 0, "ilya", call="A")
    assert p(*events, lower, on="2026-03-08") == 1
    assert p(*events, higher, again, on="2026-03-09") == 2


@pytest.mark.parametrize("calibrated", ["2026-03-01", "2026-03-08"])
def test_a_calibration_needs_a_rated_call(calibrated):
    events = [seen("2026-03-02"), seen("2026-03-03")]
    orphan = happened(calibrated, "calibration", call="A", rating=2)
    late = seen("2026-03-09", 1, call="A")
    assert p(*events, orphan, on="2026-03-08") == 1
    assert p(*events, orphan, late, on="2026-03-09") == 1


def test_a_calibration_falls_with_the_rating_it_was_about():
    events = [
        seen("2026-03-02"),
        seen("2026-03-03"),
        seen("2026-03-04", 2, call="A", id="rated"),
        happened("2026-03-08", "calibration", call="A", rating=2),
        happened("2026-03-09", "withdrawal", of="rated"),
    ]
    assert p(*events, on="2026-03-08") == 2
    assert p(*events, on="2026-03-09") == 1


def test_with_the_first_rating_withdrawn_the_next_rater_is_the_first():
    events = [
        seen("2026-03-02", 3),
        seen("2026-03-03", 3),
        seen("2026-03-04", 3, call="A", id="rated"),
        seen("2026-03-05", 3, "ilya", call="A"),
        happened("2026-03-09", "withdrawal", of="rated"),
    ]
    assert p(*events, on="2026-03-08") == 2  # all three by one rater
    assert p(*events, on="2026-03-09") == 3
