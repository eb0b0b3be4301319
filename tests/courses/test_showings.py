"""Which showing is next: repetitions, rounds, two assessors."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from courses.rule.showing import (
    Showing,
    Signature,
    count_done,
    open_showings,
    showing_for,
    taken_days,
)

MONDAY = datetime.date(2026, 11, 23)


def signed(repetition=1, *, place=1, round_=1, passes=True, withdrawn=False, by=1, day=0):
    """A signature."""
    return Signature(
        repetition, place, round_, MONDAY + datetime.timedelta(days=day), passes, withdrawn, by
    )


def next_of(signatures, repetitions=3, places=1):
    """The first open showing."""
    return next(open_showings(signatures, repetitions, places), None)


def test_the_first_showing_comes_first():
    assert next_of([]) == Showing(1, 1, 1)


def test_a_signed_showing_opens_the_next_repetition():
    assert next_of([signed(1)]) == Showing(2, 1, 1)


def test_after_the_last_repetition_nothing_is_open():
    assert next_of([signed(1), signed(2), signed(3)]) is None


def test_a_rating_below_target_is_shown_again_in_the_next_round():
    assert next_of([signed(1, passes=False)]) == Showing(1, 2, 1)


def test_a_withdrawal_opens_the_next_round_of_the_same_repetition():
    assert next_of([signed(1, withdrawn=True), signed(2)]) == Showing(1, 2, 1)


def test_the_second_assessor_follows_the_first_and_is_somebody_else():
    signatures = [signed(1, by=1)]

    assert showing_for(signatures, 3, 2, signer=2) == Showing(1, 1, 2)
    assert showing_for(signatures, 3, 2, signer=1) == Showing(2, 1, 1)


def test_a_second_assessor_who_disagrees_spoils_the_round_for_both():
    signatures = [signed(1, by=1), signed(1, place=2, passes=False, by=2)]

    assert count_done(signatures, 1, 2) == 0
    assert next_of(signatures, 1, 2) == Showing(1, 2, 1)


def test_days_of_other_repetitions_are_taken_and_spoilt_rounds_free_theirs():
    signatures = [signed(1, day=0), signed(2, day=1, withdrawn=True)]

    assert taken_days(signatures, besides=2) == {MONDAY}


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 3)), max_size=30),
    st.integers(1, 4),
    st.integers(1, 2),
)
def test_signing_what_is_open_never_meets_a_taken_place_and_ends(acts, repetitions, places):
    signatures = []
    for passes, signer in acts:
        showing = showing_for(signatures, repetitions, places, signer=signer)
        if showing is None:
            continue
        place = (showing.repetition, showing.place, showing.round)
        assert place not in {(one.repetition, one.place, one.round) for one in signatures}
        signatures.append(
            signed(
                showing.repetition,
                place=showing.place,
                round_=showing.round,
                passes=passes,
                by=signer,
            )
        )
    done = count_done(signatures, repetitions, places)
    assert 0 <= done <= repetitions
    assert (next(open_showings(signatures, repetitions, places), None) is None) == (
        done == repetitions
    )
