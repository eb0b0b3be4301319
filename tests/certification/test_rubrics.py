"""The rule of rubrics: an answer is worth its share of the points, and what is missing is said."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from certification.papers import freeze, score
from certification.rules.rescoring import Remedy
from certification.rules.rubrics import Criterion, Fault, Mark, faults, rubric_of, worth

FULL = Mark(2)
RUBRIC = (Criterion("Тон", 2, ((2, "ровный"),)), Criterion("Срок", 3, ((3, "назван"),)))


@st.composite
def judged(draw):
    """A rubric and marks that judge an answer by it."""
    points = draw(st.lists(st.integers(1, 5), min_size=1, max_size=6))
    rubric = [Criterion(f"К{n}", one, ((one, "всё"),)) for n, one in enumerate(points)]
    marks = [Mark(draw(st.integers(0, one)), "не хватает") for one in points]
    return rubric, marks


@given(judged())
def test_a_judged_answer_is_worth_from_nothing_to_everything_and_more_points_are_worth_more(given_):
    rubric, marks = given_

    assert faults(rubric, marks) == []
    assert 0 <= worth(rubric, marks) <= 1
    assert (worth(rubric, marks) == 1) == all(
        mark.points == one.points for one, mark in zip(rubric, marks, strict=True)
    )
    for place, (one, mark) in enumerate(zip(rubric, marks, strict=True)):
        if mark.points < one.points:
            better = [*marks[:place], Mark(mark.points + 1, "ближе"), *marks[place + 1 :]]
            assert worth(rubric, better) > worth(rubric, marks)


def test_every_criterion_takes_points_within_its_own_and_a_word_below_them():
    assert faults(RUBRIC, [FULL, Mark(3)]) == []
    assert faults(RUBRIC, [FULL]) == [(1, Fault.MISSING)]
    assert faults(RUBRIC, [FULL, Mark(4)]) == [(1, Fault.BEYOND)]
    assert faults(RUBRIC, [FULL, Mark(-1, "хуже некуда")]) == [(1, Fault.BEYOND)]
    assert faults(RUBRIC, [Mark(1, "  "), Mark(3)]) == [(0, Fault.UNEXPLAINED)]
    assert faults(RUBRIC, [Mark(1, "ы" * 501), Mark(3)]) == [(0, Fault.TOO_LONG)]
    assert faults(RUBRIC, [FULL, Mark(3), Mark(1)]) == [(2, Fault.BEYOND)]


OPEN = {
    "criteria": [
        {"text": one.text, "points": one.points, "anchors": [{"points": one.points, "text": "да"}]}
        for one in RUBRIC
    ],
    "model": "Образец",
}


def paper_of(*kinds: str, competences=(1, 2)) -> dict:
    """A paper of five questions of each competence; of the first the last one is open, as often as asked for."""
    bodies = {"open": OPEN, "true_false": {"right": True}}
    slots = []
    for competence in competences:
        own = (
            ["true_false"] * 5 if competence != 1 else [*["true_false"] * (5 - len(kinds)), *kinds]
        )
        slots += [
            {"kind": kind, "text": "?", "body": bodies[kind], "competence": competence}
            | {"level": 2, "counts": True, "article": "", "number": None, "explanation": ""}
            for kind in own
        ]
    return freeze(lines=[(one, 2) for one in competences], questions=slots, seed=1)


def test_a_competence_waits_for_its_open_answer_and_the_others_do_not():
    paper = paper_of("open")
    answers = {slot: ["true"] for slot in range(1, 11)} | {5: ["Своими словами"]}

    _scores, result = score(paper, answers)
    first, second = result.competences
    assert (first.waiting, first.passed, first.evidence, first.points) == (True, False, False, 4)
    assert (second.waiting, second.passed, second.evidence) == (False, True, True)
    assert (result.waiting, result.passed) == (1, False)

    marks = {5: [Mark(1, "резко"), Mark(0, "не назван")]}
    scores, result = score(paper, answers, marks=marks)
    assert scores[4] == Fraction(1, 5)
    assert (result.waiting, result.passed, result.competences[0].evidence) == (0, True, True)


def test_nothing_written_is_worth_nothing_and_waits_for_nobody():
    paper = paper_of("open")

    _scores, result = score(paper, {slot: ["true"] for slot in range(1, 11) if slot != 5})

    assert (result.waiting, result.competences[0].points, result.passed) == (0, 4, True)


def test_an_open_question_that_is_suspended_waits_for_nobody():
    paper, answers = paper_of("open"), {5: ["Своими словами"]}

    for remedy, asked in ((Remedy.LEFT_OUT, 4), (Remedy.CREDITED, 5)):
        _scores, result = score(paper, answers, suspended={5: remedy})
        assert (result.waiting, result.competences[0].asked) == (0, asked)


def test_a_rubric_is_read_from_the_body_of_its_question():
    rubric = rubric_of(OPEN)

    assert [one.text for one in rubric] == ["Тон", "Срок"]
    assert rubric[0].steps == [(2, "да"), (1, ""), (0, "")]
