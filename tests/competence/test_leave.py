"""Leave: what it moves, what it does not, and the gate after a long one."""

import pytest

from tests.competence.histories import (
    answer,
    happened,
    leave,
    level_until,
    practised,
    quiz,
    seen,
    skill,
)


@pytest.mark.parametrize(
    ("passed", "until"),
    [
        ("2026-01-12", "2026-07-12"),  # the day before the leave
        ("2026-01-13", "2026-08-06"),  # its first day
        ("2026-01-27", "2026-08-06"),  # the return
        ("2026-02-05", "2026-08-06"),  # nine days after the return
        ("2026-02-06", "2026-08-06"),  # ten: that is the day itself
        ("2026-02-07", "2026-08-07"),
    ],
)
def test_a_last_day_from_the_first_day_to_nine_days_after_becomes_return_and_ten(passed, until):
    away = leave("2026-07-13", "2026-07-26")
    found = answer(quiz(passed), away, on="2026-07-01", known="2026-07-13")
    assert found["until"] == until


@pytest.mark.parametrize(
    ("last", "until"), [("2026-08-11", "2026-08-22"), ("2026-08-12", "2026-07-20")]
)
def test_thirty_days_move_and_thirty_one_do_not(last, until):
    found = answer(quiz("2026-01-20"), leave("2026-07-13", last), on="2026-07-13")
    assert found["until"] == until


def test_a_leave_counts_from_the_day_it_was_recorded():
    planned = leave("2026-06-20", "2026-07-26", **{"from": "2026-07-13"})
    assert answer(quiz("2026-01-20"), planned, on="2026-06-19")["until"] == "2026-07-20"
    found = answer(quiz("2026-01-20"), planned, on="2026-06-20")
    assert (found["until"], found["state"]) == ("2026-08-06", "current")


def test_a_leave_recorded_late_looks_back():
    late = leave("2026-07-30", "2026-07-26", **{"from": "2026-07-13"})
    events = [quiz("2026-01-20"), late]
    then = answer(*events, on="2026-07-25")
    assert (then["level"], then["state"]) == (0, "lapsed")
    now = answer(*events, on="2026-07-25", known="2026-07-30")
    assert (now["level"], now["until"], now["state"]) == (2, "2026-08-06", "due_soon")
    assert answer(*events, on="2026-07-30")["state"] == "due_soon"


def test_a_withdrawn_leave_moves_nothing():
    events = [
        quiz("2026-01-20"),
        leave("2026-07-13", "2026-07-26", id="sick"),
        happened("2026-07-22", "withdrawal", of="sick"),
    ]
    assert answer(*events, on="2026-07-21")["level"] == 2
    assert answer(*events, on="2026-07-22")["state"] == "lapsed"


def test_a_day_moved_by_one_leave_may_be_moved_on_by_the_next():
    events = [
        quiz("2026-01-20"),
        leave("2026-07-13", "2026-07-26"),
        leave("2026-08-01", "2026-08-09"),
    ]
    assert answer(*events, on="2026-08-01")["until"] == "2026-08-20"


def test_the_window_moves_with_the_last_day_and_the_anchor_stays():
    events = [quiz("2026-01-20"), leave("2026-07-13", "2026-07-26")]
    # 7 July is 30 days before 6 August, as known from 13 July on.
    assert answer(*events, on="2026-07-06", known="2026-07-13")["state"] == "current"
    assert answer(*events, on="2026-07-07", known="2026-07-13")["state"] == "due_soon"
    found = answer(*events, quiz("2026-08-06"), on="2026-08-06")
    assert found["until"] == "2027-01-20"


def test_the_declaration_is_moved():
    declared = happened("2026-01-12", "declared", level=2)
    found = answer(declared, leave("2026-04-10", "2026-04-20"), on="2026-04-11")
    assert found["until"] == "2026-05-01"


def test_observations_verdicts_and_overrides_are_not_moved():
    knows = quiz("2026-12-20", validity_months=24)
    away = leave("2027-02-25", "2027-03-10")
    assert skill(knows, practised(2), away, on="2027-03-01")["until"] == "2027-03-02"
    verdict = happened("2026-03-02", "commission", level=2)
    assert answer(verdict, away, on="2027-03-01")["until"] == "2027-03-02"
    override = happened("2027-02-20", "override", level=2, until="2027-03-01")
    assert answer(override, away, on="2027-03-01")["until"] == "2027-03-01"


def test_what_a_second_fail_leaves_lasts_to_the_moved_date():
    fails = [quiz("2026-07-01", passed=False), quiz("2026-07-02", passed=False)]
    events = [quiz("2026-01-20"), *fails, leave("2026-07-13", "2026-07-26")]
    assert level_until(answer(*events, on="2026-07-13")) == (1, "2026-08-06")


# --- check deadlines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risk", "published", "by"),
    [
        ("normal", "2026-06-28", "2026-07-12"),  # the day before the leave
        ("normal", "2026-06-29", "2026-08-10"),  # its first day: return + 14
        ("normal", "2026-07-12", "2026-08-10"),  # its last day
        ("normal", "2026-07-13", "2026-07-27"),  # the return: not inside it
        ("high", "2026-07-08", "2026-08-01"),
        ("high", "2026-07-22", "2026-07-27"),
        ("critical", "2026-07-12", "2026-07-26"),  # the last day of the leave
        ("critical", "2026-07-26", "2026-07-27"),
    ],
)
def test_a_deadline_inside_the_leave_becomes_return_and_the_allowance(risk, published, by):
    events = [
        quiz("2026-06-01"),
        happened(published, "change"),
        leave("2026-06-20", "2026-07-26", **{"from": "2026-07-13"}),
    ]
    assert answer(*events, on=published, risk=risk)["check_by"] == by


def test_a_long_leave_moves_no_deadline():
    events = [
        quiz("2026-06-01"),
        leave("2026-07-13", "2026-08-12"),
        happened("2026-07-15", "change"),
    ]
    assert answer(*events, on="2026-07-21", risk="high")["state"] == "lapsed"


# --- long leave ------------------------------------------------------------------------------------------------------

# 2 June to 30 August 2026 is 90 days, to 31 August 91.
NINETY, NINETY_ONE = leave("2026-06-02", "2026-08-30"), leave("2026-06-02", "2026-08-31")


@pytest.mark.parametrize(("away", "gate"), [(NINETY, "open"), (NINETY_ONE, "shut")])
def test_after_more_than_ninety_days_a_skills_gate_waits_for_an_observation(away, gate):
    found = skill(quiz("2026-04-20"), practised(2), away, on="2026-09-01")
    assert (found["state"], found["gate"]) == ("current", gate)


def test_the_gate_waits_from_the_return_on():
    events = [quiz("2026-04-20"), practised(2), NINETY_ONE]
    assert skill(*events, on="2026-08-31")["gate"] == "open"
    assert skill(*events, on="2026-09-01")["gate"] == "shut"


@pytest.mark.parametrize(("day", "gate"), [("2026-08-31", "shut"), ("2026-09-01", "open")])
def test_an_observation_on_the_day_of_the_return_is_one_after_it(day, gate):
    events = [quiz("2026-04-20"), practised(2), NINETY_ONE, seen(day)]
    assert skill(*events, on="2026-09-02")["gate"] == gate


def test_a_second_rating_of_a_call_from_before_the_leave_does_not_open_the_gate():
    events = [
        quiz("2026-04-20"),
        practised(2),
        seen("2026-05-30", 2, call="A"),
        NINETY_ONE,
        seen("2026-09-02", 2, "ilya", call="A"),
    ]
    assert skill(*events, on="2026-09-02")["gate"] == "shut"
    assert skill(*events, seen("2026-09-02", 0), on="2026-09-02")["gate"] == "open"


def test_knowledge_waits_for_nothing_after_a_long_leave():
    assert answer(quiz("2026-04-20"), NINETY_ONE, on="2026-09-01")["gate"] == "open"


def test_an_ungated_skill_has_no_gate_after_a_long_leave():
    events = [quiz("2026-04-20"), practised(2), NINETY_ONE]
    assert skill(*events, on="2026-09-01", gate=False)["gate"] is None
