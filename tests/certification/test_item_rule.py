"""What answers say of a question, as properties."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certification.rules.items import (
    LEAST_FOR_DISCRIMINATION,
    LEAST_PEOPLE,
    Answer,
    Item,
    Option,
    Weakness,
    analyse,
    correlation,
)

KEY, NEAR, FAR = Option("Тридцать", True), Option("Двадцать", False), Option("Минута", False)
OPTIONS = (KEY, NEAR, FAR)
SHARES = st.integers(0, 8).map(lambda eighths: Fraction(eighths, 8))
ANSWERS = st.lists(
    st.builds(
        Answer,
        person=st.integers(1, 60),
        score=SHARES,
        rest=st.one_of(st.none(), SHARES),
        chosen=st.sampled_from(OPTIONS).map(lambda option: (option.text,)),
        seconds=st.one_of(st.none(), st.integers(0, 600)),
    ),
    max_size=80,
)


def people(count: int, option: Option, *, rest=Fraction(1, 2), start: int = 0) -> list[Answer]:
    """So many who chose ``option``."""
    return [
        Answer(start + number, Fraction(int(option.right)), rest, (option.text,), 10)
        for number in range(count)
    ]


def weaknesses(item: Item) -> list[Weakness]:
    """The flags without what they are about."""
    return [flag.weakness for flag in item.flags]


@given(ANSWERS)
def test_figures_lie_where_they_can(answers):
    item = analyse(answers, OPTIONS)

    assert item.people == len({one.person for one in answers})
    assert item.facility is None or 0 <= item.facility <= 1
    assert item.discrimination is None or -1 <= item.discrimination <= 1
    assert all(0 <= rate.share <= 1 and rate.chosen <= item.people for rate in item.rates)


@given(ANSWERS)
def test_below_the_least_number_of_people_nothing_is_said(answers):
    item = analyse(answers, OPTIONS)

    assert item.enough == (item.people >= LEAST_PEOPLE)
    if not item.enough:
        assert item == Item(people=item.people)


@given(ANSWERS)
def test_only_the_first_answer_of_a_person_counts(answers):
    again = [Answer(one.person, 1 - one.score, one.rest, (FAR.text,)) for one in answers]

    assert analyse([*answers, *again], OPTIONS) == analyse(answers, OPTIONS)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=LEAST_FOR_DISCRIMINATION, max_size=60))
def test_turning_the_scores_round_turns_the_correlation_round(pairs):
    forth = correlation([(float(x), float(y)) for x, y in pairs])
    back = correlation([(float(1 - x), float(y)) for x, y in pairs])

    assert (forth is None) == (back is None)
    assert forth is None or abs(forth + back) < 1e-9


@given(st.lists(SHARES, min_size=LEAST_FOR_DISCRIMINATION, max_size=60))
def test_a_score_that_goes_with_the_rest_discriminates_fully(shares):
    found = correlation([(float(one), float(one)) for one in shares])

    assert found is None if len(set(shares)) == 1 else abs(found - 1) < 1e-9


def test_the_correlation_is_that_of_the_textbook():
    # Ten who were right with 0.8 and 0.6 on the rest, ten who were wrong with 0.6 and 0.4: r = 1/√2.
    pairs = [(1, 0.8), (1, 0.6), (0, 0.6), (0, 0.4)] * 5

    assert abs(correlation(pairs) - 0.5**0.5) < 1e-9


def test_a_question_that_nearly_everybody_knows_is_too_easy():
    assert weaknesses(analyse(people(30, KEY), OPTIONS)) == [Weakness.TOO_EASY]


def test_a_question_that_hardly_anybody_knows_is_too_hard_and_a_distractor_beats_its_key():
    answers = people(3, KEY) + people(5, NEAR, start=3) + people(7, FAR, start=8)

    assert weaknesses(analyse(answers, OPTIONS)) == [
        Weakness.BEATS_KEY,
        Weakness.BEATS_KEY,
        Weakness.TOO_HARD,
    ]


def test_a_question_that_the_better_ones_miss_discriminates_negatively():
    answers = people(12, NEAR, rest=Fraction(1)) + people(14, KEY, rest=Fraction(1, 4), start=12)

    assert Weakness.NEGATIVE in weaknesses(analyse(answers, (KEY, NEAR)))


def test_a_choice_that_nobody_takes_is_dead_once_enough_people_went_wrong():
    few = people(20, KEY) + people(5, NEAR, start=20)
    enough = people(20, KEY) + people(6, NEAR, start=20)

    assert weaknesses(analyse(few, OPTIONS)) == []
    assert [(one.weakness, one.option) for one in analyse(enough, OPTIONS).flags] == [
        (Weakness.DEAD, FAR.text)
    ]


def test_a_sound_question_has_no_flag():
    answers = (
        people(20, KEY, rest=Fraction(3, 4))
        + people(6, NEAR, start=20)
        + people(4, FAR, rest=Fraction(1, 4), start=26)
    )
    item = analyse(answers, OPTIONS)

    assert item.flags == ()
    assert item.discrimination > 0.5
    assert [rate.chosen for rate in item.rates] == [20, 6, 4]
    assert item.seconds == 10
