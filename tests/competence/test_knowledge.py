"""The knowledge track: passes, anchors, renewal windows, campaigns, fails."""

import pytest

from tests.competence.histories import (
    answer,
    days,
    fail,
    happened,
    level_until,
    practised,
    quiz,
    skill,
)


def test_a_pass_lasts_six_months_to_the_same_day():
    assert level_until(answer(quiz("2026-03-03"), on="2026-03-03")) == (2, "2026-09-03")


def test_the_last_day_counts_and_the_next_does_not():
    assert answer(quiz("2026-03-03"), on="2026-09-03")["level"] == 2
    assert answer(quiz("2026-03-03"), on="2026-09-04")["level"] == 0


def test_months_are_clamped_in_a_leap_year():
    assert answer(quiz("2027-08-31"), on="2027-09-01")["until"] == "2028-02-29"


def test_the_next_period_is_counted_from_the_anchor_and_not_from_the_clamped_day():
    found = answer(quiz("2025-08-31"), quiz("2026-02-28"), on="2026-02-28")
    assert level_until(found) == (2, "2026-08-31")


def test_a_third_period_still_counts_from_the_first_anchor():
    found = answer(quiz("2026-03-03"), quiz("2026-08-10"), quiz("2027-02-20"), on="2027-02-20")
    assert found["until"] == "2027-09-03"


@pytest.mark.parametrize(
    ("renewed", "until"),
    [
        ("2026-08-03", "2027-02-03"),  # the day before the window: an anchor of its own
        ("2026-08-04", "2027-03-03"),  # its first day
        ("2026-09-03", "2027-03-03"),  # its last day
        ("2026-09-04", "2027-03-04"),  # lapsed: a new anchor
    ],
)
def test_the_renewal_window_is_the_thirty_days_before_the_last_valid_day(renewed, until):
    found = answer(quiz("2026-03-03"), quiz(renewed), on=renewed)
    assert level_until(found) == (2, until)


def test_a_pass_before_the_window_lasts_to_the_later_of_six_months_and_the_old_day():
    # The renewal of 10 August lasts to 3 March; the extra pass of 20 August alone would end on 20 February.
    events = [quiz("2026-03-03"), quiz("2026-08-10"), quiz("2026-08-20")]
    assert answer(*events, on="2026-08-20")["until"] == "2027-03-03"
    # The extra pass has an anchor of its own: renewed in its window, the next period ends on 20 August.
    renewed = answer(*events, quiz("2027-02-15"), on="2027-02-15")
    assert renewed["until"] == "2027-08-20"


def test_a_pass_at_another_level_has_its_own_anchor():
    found = answer(quiz("2026-03-03", 2), quiz("2026-08-10", 3), on="2026-08-10")
    assert level_until(found) == (3, "2027-02-10")


def test_a_lower_pass_lowers_nothing():
    found = answer(quiz("2026-03-03", 3), quiz("2026-05-05", 1), on="2026-05-05")
    assert level_until(found) == (3, "2026-09-03")


def test_the_last_day_of_a_level_is_that_of_the_passes_at_it_or_above():
    events = [quiz("2026-03-03", 3), quiz("2026-05-05", 2)]
    assert level_until(answer(*events, on="2026-06-01")) == (3, "2026-09-03")
    assert level_until(answer(*events, on="2026-09-04")) == (2, "2026-11-05")
    early = [quiz("2026-03-03", 2), quiz("2026-05-05", 3)]
    assert answer(*early, on="2026-08-20")["state"] == "current"  # not due: level 3 carries it


def test_a_quiz_gives_three_at_most():
    assert answer(quiz("2026-03-03", 4), on="2026-03-03", level=3)["level"] == 3


def test_another_validity_is_used():
    months = {"knowledge": 9}
    assert answer(quiz("2026-03-03"), on="2026-03-03", validity_months=months)["until"] == (
        "2026-12-03"
    )


def test_a_changed_validity_touches_new_evidence_only():
    old = quiz("2026-03-03", validity_months=6)
    months = {"knowledge": 12}
    assert answer(old, on="2026-03-03", validity_months=months)["until"] == "2026-09-03"
    # Renewed in the window, the next period has the length that holds now.
    renewed = answer(old, quiz("2026-08-10"), on="2026-08-10", validity_months=months)
    assert renewed["until"] == "2027-09-03"


# --- campaigns -------------------------------------------------------------------------------------------------------

SUMMER_AND_WINTER = [
    ["2026-06-01", "2026-06-20"],
    ["2026-12-01", "2026-12-20"],
]


@pytest.mark.parametrize(
    ("passed", "until"),
    [
        ("2026-02-28", "2026-06-20"),
        ("2026-03-01", "2026-06-20"),  # exactly three months before
        ("2026-03-02", "2026-12-20"),  # a day less: the next campaign
        ("2026-06-10", "2026-12-20"),
        ("2026-09-02", "2027-03-02"),  # none planned three months later: months decide
    ],
)
def test_with_campaigns_a_pass_lasts_through_the_first_that_starts_three_months_later(
    passed, until
):
    found = answer(quiz(passed), on=passed, campaigns=SUMMER_AND_WINTER)
    assert level_until(found) == (2, until)


def test_campaigns_may_be_given_in_any_order():
    found = answer(quiz("2026-02-01"), on="2026-02-01", campaigns=SUMMER_AND_WINTER[::-1])
    assert found["until"] == "2026-06-20"


def test_with_campaigns_a_pass_in_the_window_has_its_own_anchor():
    # No campaign after December is planned: six months from the day of the pass, not from June's.
    events = [quiz("2026-06-10"), quiz("2026-12-10")]
    found = answer(*events, on="2026-12-10", campaigns=SUMMER_AND_WINTER)
    assert found["until"] == "2027-06-10"


# --- fails -----------------------------------------------------------------------------------------------------------


def test_one_fail_changes_nothing():
    assert answer(quiz("2026-03-03"), fail("2026-05-05"), on="2026-05-05") == {
        "level": 2,
        "until": "2026-09-03",
        "state": "current",
        "check_by": None,
        "gate": "open",
    }


@pytest.mark.parametrize(("second", "level"), [("2026-06-04", 1), ("2026-06-05", 2)])
def test_the_second_fail_counts_within_thirty_days(second, level):
    events = [quiz("2026-03-03"), fail("2026-05-05"), fail(second)]
    assert answer(*events, on=second)["level"] == level


def test_both_fails_are_at_exactly_the_level():
    events = [quiz("2026-03-03", 3), fail("2026-05-05", 2), fail("2026-05-10", 3)]
    assert answer(*events, on="2026-05-10")["level"] == 3


def test_a_second_fail_leaves_the_level_below_until_the_latest_of_the_dates():
    events = [
        quiz("2026-03-03", 2),
        quiz("2026-04-04", 3),
        fail("2026-05-05", 2),
        fail("2026-05-10", 2),
    ]
    assert level_until(answer(*events, on="2026-05-10")) == (1, "2026-10-04")
    assert level_until(answer(*events, on="2026-10-05")) == (0, None)


def test_a_second_fail_above_leaves_lower_passes_alone():
    events = [
        quiz("2026-03-03", 3),
        quiz("2026-05-01", 2),
        fail("2026-05-05", 3),
        fail("2026-05-10", 3),
    ]
    assert level_until(answer(*events, on="2026-05-10")) == (2, "2026-11-01")


def test_fails_without_a_pass_in_force_give_nothing():
    assert level_until(answer(fail("2026-05-05"), fail("2026-05-10"), on="2026-05-10")) == (0, None)


@pytest.mark.parametrize(("between", "level"), [(1, 1), (2, 2), (3, 3)])
def test_a_pass_at_the_level_or_above_between_makes_the_next_fail_a_first_one(between, level):
    events = [
        quiz("2026-03-03"),
        fail("2026-05-05"),
        quiz("2026-05-08", between),
        fail("2026-05-10"),
    ]
    assert answer(*events, on="2026-05-10")["level"] == level


def test_a_third_fail_is_a_second_fail_again():
    # 5 and 10 May end the pass of March; that of June comes after, and 8 June follows 10 May within 30 days.
    events = [quiz("2026-03-03"), fail("2026-05-05"), fail("2026-05-10")]
    declared = happened("2026-06-01", "declared", level=2)
    assert answer(*events, declared, fail("2026-06-08"), on="2026-06-08")["level"] == 1


def test_after_a_second_fail_a_pass_has_a_new_anchor():
    events = [quiz("2026-03-03"), fail("2026-08-20"), fail("2026-08-27"), quiz("2026-08-30")]
    assert level_until(answer(*events, on="2026-08-30")) == (2, "2027-02-28")


def test_what_a_second_fail_left_can_be_lost_by_a_second_fail_below():
    events = [
        quiz("2026-03-03", 3),
        fail("2026-04-05", 3),
        fail("2026-04-10", 3),
        fail("2026-04-15", 2),
        fail("2026-04-20", 2),
    ]
    assert level_until(answer(*events, on="2026-04-19")) == (2, "2026-09-03")
    assert level_until(answer(*events, on="2026-04-20")) == (1, "2026-09-03")


def test_a_second_fail_ends_the_declaration_too_for_practice_as_well():
    events = [
        happened("2026-03-01", "declared", level=2),
        fail("2026-03-10"),
        fail("2026-03-15"),
    ]
    assert level_until(skill(*events, on="2026-03-14")) == (2, "2026-05-30")
    assert level_until(skill(*events, on="2026-03-15")) == (1, "2026-05-30")
    # K is back by a pass, but nobody has seen practice.
    assert skill(*events, quiz("2026-03-20"), on="2026-03-20")["level"] == 1
    assert skill(practised(), *events, quiz("2026-03-20"), on="2026-03-20")["level"] == 2


def test_events_of_one_day_count_in_the_order_given():
    first = [quiz("2026-03-03"), fail("2026-05-05")]
    fail_then_pass = [*first, fail("2026-05-10"), quiz("2026-05-10")]
    pass_then_fail = [*first, quiz("2026-05-10"), fail("2026-05-10")]
    assert level_until(answer(*fail_then_pass, on="2026-05-10")) == (2, "2026-11-10")
    assert level_until(answer(*pass_then_fail, on="2026-05-10")) == (2, "2026-11-10")
    both_failed = [quiz("2026-05-10"), *first, fail("2026-05-10"), fail("2026-05-10")]
    assert answer(*both_failed, on="2026-05-10")["level"] == 1


# --- the declaration -------------------------------------------------------------------------------------------------


def test_a_declaration_gives_up_to_two_for_ninety_days():
    declared = happened("2026-01-12", "declared", level=3)
    assert level_until(skill(declared, on="2026-01-12")) == (2, "2026-04-12")
    assert level_until(answer(declared, on="2026-04-12")) == (2, "2026-04-12")
    assert level_until(skill(declared, on="2026-04-13")) == (0, None)


def test_only_the_first_declaration_counts():
    events = [
        happened("2026-01-12", "declared", level=1),
        happened("2026-02-12", "declared", level=2),
    ]
    assert level_until(answer(*events, on="2026-02-12")) == (1, "2026-04-12")


def test_a_withdrawn_declaration_is_not_the_first():
    events = [
        happened("2026-01-12", "declared", level=1, id="wrong"),
        happened("2026-02-12", "declared", level=2),
        happened("2026-02-13", "withdrawal", of="wrong"),
    ]
    assert level_until(answer(*events, on="2026-02-13")) == (2, "2026-05-13")


def test_a_pass_during_the_declaration_has_its_own_anchor():
    events = [happened("2026-01-12", "declared", level=2), quiz("2026-04-01")]
    for day in days("2026-04-01", 12):
        assert level_until(answer(*events, on=day)) == (2, "2026-10-01")
