"""As known then and as known now: what looks back and what does not."""

from tests.competence.histories import answer, happened, leave, level_until, quiz, seen, skill


def test_a_withdrawn_event_counts_until_the_withdrawal_and_afterwards_for_no_day():
    events = [quiz("2026-03-03", id="q"), happened("2026-05-20", "withdrawal", of="q")]
    assert answer(*events, on="2026-05-19")["level"] == 2
    assert answer(*events, on="2026-05-20")["level"] == 0
    assert answer(*events, on="2026-03-14")["level"] == 2
    looked_back = answer(*events, on="2026-03-14", known="2026-05-20")
    assert (looked_back["level"], looked_back["state"]) == (0, "none")


def test_a_withdrawal_may_be_withdrawn():
    events = [
        quiz("2026-03-03", id="q"),
        happened("2026-05-20", "withdrawal", of="q", id="w"),
        happened("2026-05-25", "withdrawal", of="w"),
    ]
    assert answer(*events, on="2026-05-24")["level"] == 0
    assert level_until(answer(*events, on="2026-05-25")) == (2, "2026-09-03")


def test_withdrawing_the_first_fail_undoes_the_second():
    events = [
        quiz("2026-03-03"),
        quiz("2026-05-05", passed=False, id="broken"),
        quiz("2026-05-10", passed=False),
        happened("2026-05-12", "withdrawal", of="broken"),
    ]
    assert answer(*events, on="2026-05-11")["level"] == 1
    assert level_until(answer(*events, on="2026-05-12")) == (2, "2026-09-03")


def test_withdrawing_a_pass_gives_its_renewal_an_anchor_of_its_own():
    events = [
        quiz("2026-03-03", id="first"),
        quiz("2026-08-10"),
        happened("2026-08-20", "withdrawal", of="first"),
    ]
    assert answer(*events, on="2026-08-19")["until"] == "2027-03-03"
    assert answer(*events, on="2026-08-20")["until"] == "2027-02-10"


def test_a_late_sign_off_counts_from_its_own_day_once_it_is_known():
    knows = quiz("2026-03-01")
    late = seen("2026-03-05", known="2026-03-09")
    events = [knows, seen("2026-03-02"), seen("2026-03-03"), late]
    assert skill(*events, on="2026-03-05")["level"] == 1
    assert skill(*events, on="2026-03-08")["level"] == 1
    assert skill(*events, on="2026-03-09")["level"] == 2
    assert skill(*events, on="2026-03-05", known="2026-03-09")["level"] == 2
    assert skill(*events, on="2026-03-04", known="2026-03-09")["level"] == 1


def test_later_quizzes_checks_and_observations_do_not_look_back():
    events = [quiz("2026-04-01"), happened("2026-04-10", "change"), happened("2026-04-12", "check")]
    then = answer(*events, on="2026-04-11")
    assert answer(*events, on="2026-04-11", known="2026-12-31") == then
    assert answer(*events, on="2026-03-31", known="2026-12-31")["level"] == 0


def test_a_day_ahead_is_judged_by_what_is_known_now():
    events = [quiz("2026-03-03"), quiz("2026-08-10")]
    ahead = answer(*events, on="2026-09-04", known="2026-03-14")
    assert ahead["state"] == "lapsed"
    assert answer(*events, on="2026-09-04")["state"] == "current"


def test_a_leave_recorded_since_looks_back_at_days_before_it():
    events = [quiz("2026-01-20"), leave("2026-07-13", "2026-07-26")]
    assert answer(*events, on="2026-07-01")["until"] == "2026-07-20"
    assert answer(*events, on="2026-07-01", known="2026-07-13")["until"] == "2026-08-06"


def test_a_withdrawn_long_leave_opens_the_gate():
    events = [
        quiz("2026-06-20"),
        happened("2026-03-02", "commission", level=2),
        leave("2026-03-10", "2026-06-10", id="long"),
        happened("2026-06-25", "withdrawal", of="long"),
    ]
    assert skill(*events, on="2026-06-24")["gate"] == "shut"
    assert skill(*events, on="2026-06-25")["gate"] == "open"
