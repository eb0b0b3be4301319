"""Who may sign for practice."""

from datetime import date, timedelta

import pytest

from competence.rule.cells import Cell, Competence, Kind, Requirement, Risk
from competence.rule.events import Change, Commission, Quiz, Suspension
from competence.rule.signing import may_sign

TODAY = date(2026, 3, 20)
MENTORING = Competence(kind=Kind.KNOWLEDGE)


def own_cell(*events, kind=Kind.KNOWLEDGE, risk=Risk.HIGH):
    """The signer's cell of what the trainee practises; the signer's position need not require it."""
    return Cell(competence=Competence(kind=kind, risk=risk), events=events)


def mentoring_cell(*events, level=2):
    """The signer's cell of the competence marked as mentoring."""
    return Cell(competence=MENTORING, requirements=(Requirement(level=level),), events=events)


PASS = Quiz(on=date(2026, 3, 3), level=2, passed=True)
MENTOR = mentoring_cell(Quiz(on=date(2026, 3, 3), level=2, passed=True))


def sign(own, mentoring=MENTOR, *, target=2, observed_on=TODAY, today=TODAY, **more):
    """Whether the signer may sign."""
    return may_sign(
        own=own, mentoring=mentoring, target=target, observed_on=observed_on, today=today, **more
    )


def test_a_mentor_whose_cell_reaches_the_trainees_target_may_sign():
    assert sign(own_cell(PASS))


def test_a_mentor_below_the_trainees_target_may_not():
    assert not sign(own_cell(PASS), target=3)
    assert sign(own_cell(PASS), target=1)


def test_nobody_signs_for_themselves():
    assert not sign(own_cell(PASS), same_person=True)


def test_the_mentor_must_be_at_target_in_mentoring():
    assert not sign(own_cell(PASS), mentoring_cell())
    assert not sign(own_cell(PASS), mentoring_cell(PASS, level=3))
    assert sign(own_cell(PASS), None)


def test_a_stale_mentor_may_sign():
    assert sign(own_cell(PASS, Change(on=date(2026, 3, 19))))


@pytest.mark.parametrize(("days", "may"), [(1, True), (3, True), (4, False)])
def test_what_was_observed_before_the_mentors_lapse_may_be_signed_for_three_days_after(days, may):
    last = date(2026, 9, 3)
    today = last + timedelta(days=days)
    fresh = mentoring_cell(Quiz(on=date(2026, 8, 1), level=2, passed=True))
    assert sign(own_cell(PASS), fresh, observed_on=last, today=today) is may
    after_the_lapse = last + timedelta(days=1)
    assert not sign(own_cell(PASS), fresh, observed_on=after_the_lapse, today=today)


def test_a_missed_check_is_a_lapse_too():
    # High risk: published on the 10th, to be checked by the 15th.
    own = own_cell(PASS, Change(on=date(2026, 3, 10)))
    assert sign(own, observed_on=date(2026, 3, 15), today=date(2026, 3, 18))
    assert not sign(own, observed_on=date(2026, 3, 15), today=date(2026, 3, 19))


def test_a_suspension_or_a_worse_result_leaves_no_days():
    suspended = own_cell(PASS, Suspension(on=TODAY, until=TODAY))
    yesterday = TODAY - timedelta(days=1)
    assert sign(suspended, observed_on=yesterday, today=yesterday)
    assert not sign(suspended, observed_on=yesterday)
    lowered = own_cell(PASS, Commission(on=TODAY, level=1))
    assert not sign(lowered, observed_on=yesterday)


def test_nothing_is_signed_before_it_was_observed():
    assert not sign(own_cell(PASS), observed_on=TODAY + timedelta(days=1))
