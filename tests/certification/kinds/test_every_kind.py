"""What holds for questions of every kind, whatever an author wrote and a person answered."""

import json
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.kinds import JUDGED_AT_ONCE, KINDS, NotAnAnswer
from certification.wording import ASKED, KIND_NAMES, MALFORMED, NOTATIONS
from tests.certification.exchange.strategies import BODIES

EXAMPLES = 30


def answers_of(kind, body, presented, rng):
    """Answers that its sheet allows, drawn by ``rng``: the keys it shows, numbers, words."""
    shown = json.dumps(presented.shown, ensure_ascii=False)
    keys = [str(number) for number in range(1, 9) if f'"key": "{number}"' in shown]
    return [rng.choice([*keys, "", "30", "слово"]) for _ in range(rng.randint(0, 4))]


def right_answer(kind, body, presented):
    """What somebody who knows everything would hand in."""
    keys = presented.keys
    match kind.name:
        case "single" | "multiple":
            return [key for key, index in keys.items() if body["choices"][index]["right"]]
        case "situational":
            best = [key for key, index in keys.items() if body["choices"][index]["worth"] == 100]
            return best[:1]
        case "true_false" | "short" | "find":
            return kind.expected(body)
        case "numeric":
            return [body["value"]]
        case "ordering":
            return sorted(keys, key=keys.__getitem__)
        case "matching":
            texts = {choice["text"]: choice["key"] for choice in presented.shown["choices"]}
            return [texts[body["pairs"][index]["right"]] for index in keys["parts"]]
        case "gap":
            return [
                str(order.index(gap["right"]) + 1)
                if "choices" in gap
                else gap.get("value") or gap["accepted"][0]
                for gap, order in zip(body["gaps"], keys["orders"], strict=True)
            ]
        case "mark":
            return [str(n) for n, said in enumerate(body["lines"], start=1) if said["wrong"]]
        case "classify":
            return [str(field["right"] + 1) for field in body["fields"]]
    raise AssertionError(kind.name)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_what_an_author_wrote_comes_back_as_written(name, data):
    kind, body = KINDS[name], data.draw(BODIES[name])

    kind.validate(body)

    read = kind.parse(kind.write(body))
    assert read == {key: value for key, value in body.items() if key != "partial"}


@pytest.mark.parametrize("name", JUDGED_AT_ONCE)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data(), seed=st.integers(0, 99))
def test_the_right_answer_is_worth_everything(name, data, seed):
    kind, body = KINDS[name], data.draw(BODIES[name])
    presented = kind.present(body, Random(seed))

    given_ = kind.read(body, presented.keys, right_answer(kind, body, presented))

    assert kind.score(body, presented.keys, given_) == 1
    assert kind.told(body, presented.keys, given_)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data(), seed=st.integers(0, 99))
def test_any_answer_is_refused_or_worth_something_between_nothing_and_everything(name, data, seed):
    kind, body, rng = KINDS[name], data.draw(BODIES[name]), Random(seed)
    presented = kind.present(body, rng)

    try:
        given_ = kind.read(body, presented.keys, answers_of(kind, body, presented, rng))
    except NotAnAnswer:
        return

    assert 0 <= kind.score(body, presented.keys, given_) <= 1
    assert kind.read(body, presented.keys, given_) == given_
    assert all(isinstance(text, str) for text in kind.told(body, presented.keys, given_))


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data(), seed=st.integers(0, 99))
def test_nothing_is_worth_nothing_and_layouts_are_reproducible(name, data, seed):
    kind, body = KINDS[name], data.draw(BODIES[name])
    presented = kind.present(body, Random(seed))

    assert kind.score(body, presented.keys, kind.read(body, presented.keys, [])) == Fraction(0)
    assert kind.present(body, Random(seed)) == presented
    assert json.loads(json.dumps(presented.keys)) == presented.keys


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data(), seed=st.integers(0, 99))
def test_what_is_shown_names_no_right_answer(name, data, seed):
    kind, body = KINDS[name], data.draw(BODIES[name])

    shown = kind.present(body, Random(seed)).shown

    told = json.dumps(shown, ensure_ascii=False)
    told_by = {"right", "wrong", "worth", "accepted", "value", "tolerance", "criteria", "model"}
    assert not told_by & names_in(shown)
    if name == "ordering":
        assert [step["text"] for step in shown["steps"]] != body["steps"]
    if name in {"short", "numeric", "find", "true_false", "open"}:
        assert told == "{}"


def names_in(value) -> set[str]:
    """Every key of a value that is JSON."""
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in names_in(inner)}
    if isinstance(value, list):
        return {name for inner in value for name in names_in(inner)}
    return set()


def test_every_kind_has_its_words():
    assert set(KINDS) == set(KIND_NAMES) == set(NOTATIONS) == set(ASKED)
    assert all(MALFORMED.values())
