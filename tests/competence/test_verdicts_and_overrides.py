"""The commission, overrides, suspensions, and which of them stands above what."""

from tests.competence.histories import (
    answer,
    fail,
    happened,
    level_until,
    practised,
    quality,
    quiz,
    seen,
    skill,
)


def verdict(on, level, **more):
    """A commission's verdict."""
    return happened(on, "commission", level=level, **more)


def override(on, level, until, **more):
    """An override."""
    return happened(on, "override", level=level, until=until, **more)


def suspension(on, until, **more):
    """A suspension."""
    return happened(on, "suspension", until=until, **more)


GOOD = [quiz("2026-03-03"), *practised(2)]


def test_a_verdict_sets_the_level_for_twelve_months_up_or_down():
    assert level_until(skill(GOOD, verdict("2026-03-10", 4), on="2026-03-10")) == (4, "2027-03-10")
    assert level_until(skill(GOOD, verdict("2026-03-10", 1), on="2026-03-10")) == (1, "2027-03-10")
    assert level_until(skill(GOOD, verdict("2026-03-10", 0), on="2026-03-10")) == (0, None)
    assert level_until(answer(verdict("2026-03-10", 4), on="2027-03-10")) == (4, "2027-03-10")
    assert level_until(answer(verdict("2026-03-10", 4), on="2027-03-11")) == (0, None)


def test_a_verdict_is_not_moved_by_later_quizzes_or_observations():
    better = [verdict("2026-03-10", 1), quiz("2026-04-01", 3), seen("2026-04-02", 3)]
    assert skill(GOOD, *better, on="2026-04-02")["level"] == 1
    worse = [verdict("2026-03-10", 3), fail("2026-04-01", 3), fail("2026-04-02", 3)]
    assert skill(GOOD, *worse, on="2026-04-02")["level"] == 3


def test_a_later_verdict_replaces_it_and_its_withdrawal_brings_it_back():
    events = [verdict("2026-03-10", 4), verdict("2026-05-10", 2, id="second")]
    assert level_until(skill(*events, on="2026-05-10")) == (2, "2027-05-10")
    back = happened("2026-06-01", "withdrawal", of="second")
    assert level_until(skill(*events, back, on="2026-06-01")) == (4, "2027-03-10")


def test_a_verdict_is_raised_by_an_override_only():
    events = [verdict("2026-03-10", 1), override("2026-04-01", 2, "2026-04-20")]
    assert level_until(skill(*events, on="2026-04-01")) == (2, "2026-04-20")
    assert level_until(skill(*events, on="2026-04-21")) == (1, "2027-03-10")


def test_after_the_verdict_the_tracks_count_again():
    events = [verdict("2026-03-10", 3), quiz("2027-01-10", 2)]
    assert level_until(answer(*events, on="2027-03-10")) == (3, "2027-03-10")
    assert level_until(answer(*events, on="2027-03-11")) == (2, "2027-07-10")


def test_while_a_verdict_holds_its_date_is_the_last_day_whatever_lasts_longer_beneath():
    events = [verdict("2026-03-10", 2), quiz("2027-01-10", 2)]
    found = answer(*events, on="2027-03-01")
    assert (found["until"], found["state"]) == ("2027-03-10", "due_soon")


def test_a_verdict_below_target_is_a_worse_result_and_its_end_is_a_date():
    lowered = skill(GOOD, verdict("2026-03-10", 1), on="2026-03-10")
    assert lowered["state"] == "learning"
    ended = answer(verdict("2026-03-10", 2), on="2027-03-11")
    assert ended["state"] == "lapsed"


def test_an_override_raises_and_never_lowers():
    events = [quiz("2026-03-03", 3), override("2026-04-01", 2, "2026-04-20")]
    assert level_until(answer(*events, on="2026-04-01")) == (3, "2026-09-03")


def test_an_override_at_the_level_prolongs_it():
    events = [quiz("2026-03-03", 2), override("2026-08-25", 2, "2026-09-20")]
    assert level_until(answer(*events, on="2026-09-01")) == (2, "2026-09-20")
    assert answer(*events, on="2026-09-21")["state"] == "lapsed"


def test_an_override_ends_by_date_or_by_its_withdrawal():
    events = [quiz("2026-03-03", 1), override("2026-03-05", 2, "2026-03-20", id="o")]
    assert answer(*events, on="2026-03-21")["state"] == "lapsed"
    taken_back = happened("2026-03-10", "withdrawal", of="o")
    assert answer(*events, taken_back, on="2026-03-10")["state"] == "learning"


def test_several_overrides_each_hold_to_their_day():
    events = [override("2026-03-05", 2, "2026-03-30"), override("2026-03-06", 3, "2026-03-10")]
    assert level_until(answer(*events, on="2026-03-06")) == (3, "2026-03-10")
    assert level_until(answer(*events, on="2026-03-11")) == (2, "2026-03-30")


def test_a_suspension_stands_above_everything_and_ends_by_date():
    events = [GOOD, suspension("2026-06-04", "2026-06-17")]
    days = ["2026-06-03", "2026-06-04", "2026-06-17", "2026-06-18"]
    found = [skill(*events, on=day) for day in days]
    assert [(one["state"], one["gate"], one["level"]) for one in found] == [
        ("current", "open", 2),
        ("suspended", "shut", 2),
        ("suspended", "shut", 2),
        ("current", "open", 2),
    ]
    assert skill(suspension("2026-06-04", "2026-06-17"), on="2026-06-05")["state"] == "suspended"


def test_a_suspension_leaves_the_deadline_of_a_check_to_be_seen():
    events = [GOOD, happened("2026-06-05", "change"), suspension("2026-06-04", "2026-06-17")]
    found = skill(*events, on="2026-06-05")
    assert (found["state"], found["check_by"]) == ("suspended", "2026-06-10")


def test_a_suspended_quality_is_suspended_and_has_no_gate():
    events = [seen("2026-06-01", 3), suspension("2026-06-04", "2026-06-17")]
    found = quality(*events, on="2026-06-05")
    assert (found["state"], found["gate"], found["level"]) == ("suspended", None, 3)


def test_a_suspension_where_nothing_is_required_has_no_state():
    found = answer(suspension("2026-06-04", "2026-06-17"), on="2026-06-05", requirement=None)
    assert (found["state"], found["gate"]) == (None, None)
