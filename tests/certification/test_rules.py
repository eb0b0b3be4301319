"""The rules of tests as properties: what a paper is worth, what is drawn, when time is over, what still holds."""

import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules.deadlines import deadline, is_over, seconds_left
from certification.rules.drawing import MOST_FOR_A_CHANGE, Candidate, NotEnough, draw
from certification.rules.limits import LEAST_QUESTIONS, MOST_QUESTIONS, Line
from certification.rules.retakes import retake_after
from certification.rules.scoring import SlotScore, needed, score_paper
from certification.rules.standing import VersionSeen, holds_through

SCORES = st.integers(0, 4).map(lambda quarters: Fraction(quarters, 4))
SLOTS = st.lists(
    st.builds(
        SlotScore,
        competence=st.integers(1, 3),
        level=st.just(2),
        score=SCORES,
        counts=st.booleans(),
    ),
    max_size=30,
)
LINES = ((1, 2), (2, 2))
ZONES = st.sampled_from(
    ["Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]
)
MOMENTS = st.builds(
    datetime.datetime.combine,
    st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2032, 12, 31)),
    st.times(),
)

# --- what a paper is worth -------------------------------------------------------------------------------------------


@given(SLOTS)
def test_the_order_of_questions_decides_nothing(slots):
    assert score_paper(LINES, slots) == score_paper(LINES, list(reversed(slots)))


@given(SLOTS, st.integers(0, 29))
def test_a_better_answer_never_makes_a_worse_result(slots, place):
    if not slots:
        return
    place %= len(slots)
    before, one = score_paper(LINES, slots), slots[place]
    better = SlotScore(one.competence, one.level, Fraction(1), one.counts)
    after = score_paper(LINES, [*slots[:place], better, *slots[place + 1 :]])

    assert after.points >= before.points
    assert after.passed or not before.passed


@given(SLOTS)
def test_a_competence_is_passed_from_four_fifths_on_and_says_nothing_below_five_questions(slots):
    for one in score_paper(LINES, slots).competences:
        own = [slot for slot in slots if slot.counts and slot.competence == one.competence]

        assert one.passed == (bool(own) and 5 * one.points >= 4 * len(own))
        assert one.evidence == (len(own) >= 5)


@given(SLOTS)
def test_a_test_is_passed_where_every_competence_is(slots):
    result = score_paper(LINES, slots)

    assert result.passed == all(one.passed for one in result.competences)


@given(st.integers(1, MOST_QUESTIONS))
def test_so_many_whole_answers_are_just_enough(asked):
    def passes(right: int) -> bool:
        slots = [SlotScore(1, 2, Fraction(number < right)) for number in range(asked)]
        return score_paper([(1, 2)], slots).passed

    assert passes(needed(asked))
    assert not passes(needed(asked) - 1)


# --- what is drawn ---------------------------------------------------------------------------------------------------

POOLS = st.lists(
    st.builds(
        Candidate,
        question=st.integers(1, 60),
        competence=st.integers(1, 2),
        level=st.integers(1, 3),
        article=st.sampled_from(["a", "b"]),
    ),
    unique_by=lambda one: one.question,
    max_size=60,
)
SEEN = st.sets(st.integers(1, 60))
SEEDS = st.integers(0, 2**50)


@given(POOLS, SEEN, SEEDS, st.integers(1, 12))
def test_a_paper_holds_each_question_once_of_the_right_competence_and_level(
    pool, seen, seed, count
):
    lines = [Line(1, 2, count), Line(2, 2, 5)]
    fitting = {
        line: [one for one in pool if (one.competence, one.level) == (line.competence, line.level)]
        for line in lines
    }
    short = [line for line in lines if len(fitting[line]) < min(line.count, LEAST_QUESTIONS)]
    if short:
        with pytest.raises(NotEnough) as refused:
            draw(lines, pool, seen=seen, seed=seed)
        assert refused.value.lines == tuple(short)
        return

    drawn = [one.candidate for one in draw(lines, pool, seen=seen, seed=seed)]

    assert len({one.question for one in drawn}) == len(drawn)
    for line in lines:
        own = [one for one in drawn if one in fitting[line]]
        assert len(own) == min(line.count, len(fitting[line]))
        # Nobody meets a question again while one is left that they have not seen.
        repeated = sum(one.question in seen for one in own)
        fresh = sum(one.question not in seen for one in fitting[line])
        assert repeated == max(0, len(own) - fresh)


@given(POOLS, SEEN, SEEDS)
def test_the_same_seed_over_the_same_pool_is_the_same_paper(pool, seen, seed):
    lines = [Line(1, 2, 5)]
    try:
        first = draw(lines, pool, seen=seen, changed=["a"], seed=seed)
    except NotEnough:
        return

    assert draw(lines, list(reversed(pool)), seen=seen, changed=["a"], seed=seed) == first


@given(POOLS, SEEDS)
def test_questions_about_a_change_are_at_most_three_and_never_count(pool, seed):
    lines = [Line(1, 2, 5)]
    try:
        drawn = draw(lines, pool, changed=["a"], seed=seed)
    except NotEnough:
        return

    extra = [one for one in drawn if not one.counts]
    assert sum(one.counts for one in drawn) == 5
    assert len(extra) <= MOST_FOR_A_CHANGE
    assert all(one.candidate.article == "a" for one in extra)
    assert len(drawn) <= MOST_QUESTIONS


# --- when time is over -----------------------------------------------------------------------------------------------


@given(MOMENTS, ZONES, st.integers(1, 40), st.integers(0, 100))
def test_a_test_takes_its_minutes_in_every_zone_and_over_every_change_of_the_clock(
    moment, zone, minutes, extra
):
    started = moment.replace(tzinfo=ZoneInfo(zone))
    end = deadline(started, minutes, extra_percent=extra)
    length = datetime.timedelta(minutes=minutes) * (100 + extra) / 100

    assert end - started.astimezone(datetime.UTC) == length
    assert is_over(end, end.astimezone(ZoneInfo(zone)))
    assert not is_over(end, end - datetime.timedelta(microseconds=1))
    assert seconds_left(end, started) == int(length.total_seconds())
    assert seconds_left(end, end + datetime.timedelta(days=1)) == 0


@given(st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2032, 12, 31)))
def test_a_failed_test_rests_three_days_and_is_due_within_ten(failed_on):
    retake = retake_after(failed_on)

    assert [
        retake.may_start(failed_on + datetime.timedelta(days=days)) for days in (0, 2, 3, 400)
    ] == [False, False, True, True]
    assert (retake.due_day - failed_on).days == 10


# --- what still holds ------------------------------------------------------------------------------------------------

VERSIONS = st.lists(st.tuples(st.sampled_from("pqr"), st.booleans()), min_size=1, max_size=8).map(
    lambda rows: [
        VersionSeen(number, f"text {number}", passage, tells)
        for number, (passage, tells) in enumerate(rows, start=1)
    ]
)


@given(VERSIONS, st.sets(st.integers(1, 8)))
def test_a_question_holds_on_only_while_what_it_rests_on_is_the_same_or_nobody_is_told(
    versions, confirmed
):
    texts = {f"text {number}" for number in confirmed}
    holds = holds_through(versions, texts)

    last = versions[-1]
    if last.text in texts:
        assert holds == last.number
    elif len(versions) == 1:
        assert holds is None
    else:
        before = holds_through(versions[:-1], texts)
        anchor = next((one for one in versions if one.number == before), None)
        kept = anchor is not None and (not last.tells or last.passage == anchor.passage)
        assert holds == (last.number if kept else None)
