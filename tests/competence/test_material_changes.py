"""Material changes: whom they concern, what answers them, by when, and what a missed one does."""

import pytest

from tests.competence.histories import (
    answer,
    fail,
    happened,
    practised,
    quality,
    quiz,
    seen,
    skill,
)


def change(on, effective=None, **more):
    """A material change."""
    return happened(on, "change", **({"effective": effective} if effective else {}), **more)


def check(on, **more):
    """A check passed."""
    return happened(on, "check", **more)


PASS = quiz("2026-03-03")


def states(*events, days, **given):
    """State and deadline on each of the days."""
    found = [answer(*events, on=day, **given) for day in days]
    return [(one["state"], one["check_by"], one["gate"]) for one in found]


def test_low_risk_is_never_stale():
    events = [PASS, change("2026-04-10")]
    assert states(*events, days=["2026-04-10", "2026-05-30"], risk="low") == [
        ("current", None, "open"),
        ("current", None, "open"),
    ]


def test_normal_risk_stays_stale_after_the_deadline_with_the_gate_open():
    events = [PASS, change("2026-04-10", "2026-04-15")]
    assert states(*events, days=["2026-04-09", "2026-04-10", "2026-04-15", "2026-05-30"]) == [
        ("current", None, "open"),
        ("current", "2026-04-29", "open"),  # announced
        ("stale", "2026-04-29", "open"),
        ("stale", "2026-04-29", "open"),
    ]


def test_high_risk_shuts_the_gate_after_five_days_and_a_check_brings_back_the_old_dates():
    events = [PASS, change("2026-04-10"), check("2026-05-01")]
    days = ["2026-04-15", "2026-04-16", "2026-05-01"]
    assert states(*events, days=days, risk="high") == [
        ("stale", "2026-04-15", "open"),
        ("lapsed", "2026-04-15", "shut"),
        ("current", None, "open"),
    ]
    assert answer(*events, on="2026-05-01", risk="high")["until"] == "2026-09-03"


@pytest.mark.parametrize(
    ("effective", "by"),
    [
        (None, "2026-04-11"),  # at once: the day after publication
        ("2026-04-11", "2026-04-11"),
        ("2026-04-12", "2026-04-11"),
        ("2026-04-13", "2026-04-12"),
        ("2026-04-01", "2026-04-11"),  # a date before publication is publication
    ],
)
def test_critical_is_checked_by_the_day_before_but_at_least_the_day_after_publication(
    effective, by
):
    found = answer(PASS, change("2026-04-10", effective), on="2026-04-10", risk="critical")
    assert found["check_by"] == by


def test_critical_at_once_is_stale_for_two_days_and_then_lapsed():
    events = [PASS, change("2026-04-10")]
    assert states(*events, days=["2026-04-10", "2026-04-11", "2026-04-12"], risk="critical") == [
        ("stale", "2026-04-11", "open"),
        ("stale", "2026-04-11", "open"),
        ("lapsed", "2026-04-11", "shut"),
    ]


def test_evidence_of_the_effective_day_or_later_is_not_concerned():
    assert answer(quiz("2026-04-15"), change("2026-04-10", "2026-04-15"), on="2026-04-16")[
        "state"
    ] == ("current")
    assert answer(quiz("2026-04-14"), change("2026-04-10", "2026-04-15"), on="2026-04-16")[
        "state"
    ] == ("stale")


def test_an_older_pass_in_force_keeps_a_cell_stale_beside_a_newer_one():
    events = [PASS, change("2026-04-10"), quiz("2026-05-05")]
    assert answer(*events, on="2026-09-03")["state"] == "stale"
    assert answer(*events, on="2026-09-04")["state"] == "current"


def test_a_pass_that_covers_the_change_answers_it_at_any_level():
    covers = quiz("2026-04-20", 1, covers_changes=True)
    assert answer(PASS, change("2026-04-10"), covers, on="2026-04-20")["state"] == "current"
    failed = fail("2026-04-20", covers_changes=True)
    assert answer(PASS, change("2026-04-10"), failed, on="2026-04-20")["state"] == "stale"
    earlier = quiz("2026-04-09", 1, covers_changes=True)
    assert answer(PASS, change("2026-04-10"), earlier, on="2026-04-20")["state"] == "stale"


def test_a_check_on_the_day_of_the_publication_answers_it_whatever_the_order():
    events = [PASS, check("2026-04-10"), change("2026-04-10", "2026-05-01")]
    assert answer(*events, on="2026-04-10")["check_by"] is None
    assert answer(*events[::-1], on="2026-05-20")["state"] == "current"


def test_a_check_before_the_publication_answers_nothing():
    events = [PASS, check("2026-04-09"), change("2026-04-10")]
    assert answer(*events, on="2026-04-10")["state"] == "stale"


def test_one_check_on_the_newest_change_answers_all_and_the_earliest_deadline_counts():
    events = [PASS, change("2026-04-10"), change("2026-04-20")]
    assert answer(*events, on="2026-04-20")["check_by"] == "2026-04-24"
    between = check("2026-04-15")
    assert answer(*events, between, on="2026-04-20")["check_by"] == "2026-05-04"
    after = check("2026-04-20")
    assert answer(*events, after, on="2026-04-20")["check_by"] is None


def test_a_change_wrongly_called_material_can_be_withdrawn():
    events = [
        PASS,
        change("2026-04-10", id="typo"),
        happened("2026-04-20", "withdrawal", of="typo"),
    ]
    assert answer(*events, on="2026-04-19", risk="high")["state"] == "lapsed"
    assert answer(*events, on="2026-04-20", risk="high")["state"] == "current"
    looked_back = answer(*events, on="2026-04-19", known="2026-04-20", risk="high")
    assert looked_back["state"] == "current"


def test_below_target_nothing_is_to_be_checked():
    found = answer(quiz("2026-03-03", 1), change("2026-04-10"), on="2026-04-12", risk="high")
    assert (found["state"], found["check_by"]) == ("learning", None)


def test_where_the_position_requires_nothing_nothing_is_to_be_checked():
    found = answer(PASS, change("2026-04-10"), on="2026-04-12", requirement=None)
    assert found == {
        "level": 2,
        "until": "2026-09-03",
        "state": None,
        "check_by": None,
        "gate": None,
    }


def test_observations_are_evidence_of_a_skill_from_level_two_on():
    # The pass is newer than the change, the observations are older.
    newer = quiz("2026-04-20")
    events = [*practised(2), change("2026-04-10"), newer]
    assert skill(*events, on="2026-04-20")["state"] == "lapsed"  # checked by 15 April it should be
    low = skill(*events, on="2026-04-20", level=1)
    assert low["state"] == "lapsed"  # its level is two, whatever is required
    one = [seen("2026-03-02"), change("2026-04-10"), newer]
    assert skill(*one, on="2026-04-20", level=1)["state"] == "current"


def test_observations_that_fell_out_of_the_last_five_are_no_evidence():
    newer = [seen(f"2026-04-{day}") for day in range(11, 16)]
    events = [quiz("2026-04-10"), *practised(2), change("2026-04-10")]
    assert skill(*events, *newer[:4], on="2026-04-15")["state"] == "stale"
    assert skill(*events, *newer, on="2026-04-15")["state"] == "current"


def test_observations_are_no_evidence_of_knowledge():
    events = [*practised(2), quiz("2026-04-20"), change("2026-04-10")]
    assert answer(*events, on="2026-04-20")["state"] == "current"


def test_the_declaration_is_evidence():
    declared = happened("2026-03-01", "declared", level=2)
    assert answer(declared, change("2026-04-10"), on="2026-04-12")["state"] == "stale"
    # After its ninety days it is not in force; the pass of May carries the level.
    events = [declared, quiz("2026-05-05"), change("2026-04-10")]
    assert answer(*events, on="2026-05-30")["state"] == "stale"
    assert answer(*events, on="2026-05-31")["state"] == "current"


def test_while_a_verdict_holds_it_alone_is_evidence():
    verdict = happened("2026-04-20", "commission", level=3)
    events = [PASS, *practised(2), change("2026-04-10")]
    assert skill(*events, on="2026-04-20")["state"] == "lapsed"
    assert skill(*events, verdict, on="2026-04-20")["state"] == "current"
    later = change("2026-05-01")
    assert skill(*events, verdict, later, on="2026-05-01")["state"] == "stale"


def test_what_a_second_fail_left_is_as_old_as_the_pass_it_is_left_of():
    events = [PASS, change("2026-04-10"), fail("2026-05-05"), fail("2026-05-06")]
    assert answer(*events, on="2026-05-06", level=1)["state"] == "stale"


def test_where_a_second_fail_left_nothing_there_is_nothing_old():
    first = quiz("2026-03-03", 1)
    events = [first, change("2026-04-10"), fail("2026-04-12", 1), fail("2026-04-13", 1)]
    again = quiz("2026-04-20", 1)
    assert answer(*events, again, on="2026-04-20", level=1)["state"] == "current"


def test_a_quality_is_never_stale():
    events = [seen("2026-03-02", 3), change("2026-04-10")]
    found = quality(*events, on="2026-04-12", risk="critical")
    assert (found["state"], found["check_by"]) == ("current", None)


def test_a_check_gives_no_level_and_moves_no_date():
    assert answer(check("2026-04-10"), on="2026-04-10")["level"] == 0
    assert answer(PASS, check("2026-08-20"), on="2026-08-20")["until"] == "2026-09-03"


def test_stale_stands_before_due_soon():
    events = [PASS, change("2026-08-20")]
    found = answer(*events, on="2026-08-25")
    assert (found["state"], found["until"]) == ("stale", "2026-09-03")
