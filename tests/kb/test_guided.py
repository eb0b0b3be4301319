"""Guided scripts: a way through answers that always comes to an end. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.guided import Choice, NoSuchWay, Outcome, Problem, Script, Step

YES_NO = Script(
    (
        Step("Питание", (Choice("Да", "сеть"), Choice("Нет", "Включить"))),
        Step("Сеть", outcome=Outcome.HANDED_ON),
        Step("Включить", outcome=Outcome.SOLVED),
    )
)


def test_a_walk_sees_each_step_on_its_way():
    assert [step.name for step in YES_NO.walked([0])] == ["Питание", "Сеть"]
    assert YES_NO.walked([]) == [YES_NO.steps[0]]


def test_names_are_the_same_whatever_the_case_and_the_spaces():
    assert YES_NO.step("  включить ").outcome is Outcome.SOLVED


@pytest.mark.parametrize("answers", [[2], [-1], [0, 0], [1, 1]])
def test_an_answer_that_is_not_there_leads_nowhere(answers):
    with pytest.raises(NoSuchWay):
        YES_NO.walked(answers)


def test_a_script_without_steps_has_no_way():
    with pytest.raises(NoSuchWay):
        Script(()).walked([])


END = Step("Конец", outcome=Outcome.SOLVED)


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((Step("A", (Choice("x", "Нет такого"),)),), Problem("leads_nowhere", 0, "Нет такого")),
        ((Step("A"),), Problem("dead_end", 0, "A")),
        (
            (Step("A", (Choice("x", "Конец"),), Outcome.SOLVED), END),
            Problem("end_with_answers", 0, "A"),
        ),
        ((END, Step("B", outcome=Outcome.SOLVED)), Problem("never_reached", 1, "B")),
        (
            (Step("A", (Choice("x", "B"),)), Step("b", (Choice("y", "a"),))),
            Problem("goes_in_circles", 1, "A"),
        ),
        ((Step("A", (Choice("x", "A"),)),), Problem("goes_in_circles", 0, "A")),
        (
            (Step("A", (Choice("x", "Конец"),)), END, Step("конец", outcome=Outcome.SOLVED)),
            Problem("name_taken", 2, "конец"),
        ),
    ],
)
def test_what_would_strand_somebody_is_named_at_its_step(steps, problem):
    assert problem in Script(steps).problems()


def test_two_ways_to_the_same_step_are_no_circle():
    script = Script(
        (
            Step("A", (Choice("x", "B"), Choice("y", "Конец"))),
            Step("B", (Choice("z", "Конец"),)),
            END,
        )
    )

    assert script.problems() == []


@st.composite
def scripts(draw) -> Script:
    """Any script at all, most of them wrong."""
    size = draw(st.integers(1, 8))
    names = [str(number) for number in range(size)]
    choices = st.lists(st.builds(Choice, st.just("x"), st.sampled_from([*names, "?"])), max_size=3)
    return Script(
        tuple(
            Step(name, tuple(draw(choices)), draw(st.sampled_from([None, *Outcome])))
            for name in names
        )
    )


@given(scripts(), st.data())
def test_in_a_script_without_problems_every_walk_ends_with_an_outcome(script, data):
    if script.problems():
        return
    answers: list[int] = []
    for _turn in range(len(script.steps)):
        step = script.walked(answers)[-1]
        if step.outcome:
            break
        answers.append(data.draw(st.integers(0, len(step.choices) - 1)))
    assert script.walked(answers)[-1].outcome is not None


@given(scripts())
def test_a_script_with_a_circle_is_never_without_problems(script):
    def circles(name: str, way: frozenset[str]) -> bool:
        if name in way:
            return True
        try:
            step = script.step(name)
        except NoSuchWay:
            return False
        return any(circles(choice.leads_to, way | {name}) for choice in step.choices)

    if any(circles(step.name, frozenset()) for step in script.steps):
        assert any(problem.kind == "goes_in_circles" for problem in script.problems())
