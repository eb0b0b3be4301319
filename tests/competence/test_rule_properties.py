"""The rule against the small model over random histories, and what must hold for all of them."""

import copy
import json
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competence.replay.cases import read_case
from tests.competence.histories import answers_of
from tests.competence.small_model import model_answer

START = date(2026, 1, 1)
SPAN = 480

days = st.integers(0, SPAN).map(lambda number: (START + timedelta(days=number)).isoformat())
# Days that meet each other: half of all events fall close to a few points, where windows and deadlines touch.
meeting = st.sampled_from([0, 60, 88, 150, 181, 183, 240, 360, 366]).flatmap(
    lambda base: st.integers(base, base + 12).map(
        lambda number: (START + timedelta(days=number)).isoformat()
    )
)
day = st.one_of(days, meeting)
small_level = st.integers(1, 3)


def later(first: str, number: int) -> str:
    """A day so many days after another."""
    return (date.fromisoformat(first) + timedelta(days=number)).isoformat()


quizzes = st.builds(
    lambda on, level, passed, covers: {
        "on": on,
        "type": "quiz",
        "level": level,
        "passed": passed,
        "covers_changes": covers,
    },
    day,
    st.sampled_from([1, 2, 2, 2, 3]),
    st.sampled_from([True, True, False]),
    st.sampled_from([False, False, True]),
)
observations = st.builds(
    lambda on, rating, rater, call, late: {
        "on": on,
        "type": "observation",
        "rating": rating,
        "rater": rater,
        **({"call": call} if call else {}),
        **({"known": later(on, late)} if late else {}),
    },
    day,
    st.sampled_from([0, 1, 2, 2, 2, 3, 3, 4]),
    st.sampled_from(["olga", "ilya"]),
    st.sampled_from([None, None, None, "A", "B"]),
    st.sampled_from([0, 0, 0, 3, 40]),
)
others = st.one_of(
    st.builds(
        lambda on, call, rating: {"on": on, "type": "calibration", "call": call, "rating": rating},
        day,
        st.sampled_from(["A", "B"]),
        st.integers(0, 4),
    ),
    st.builds(
        lambda on, ahead: {"on": on, "type": "change", "effective": later(on, ahead)},
        day,
        st.sampled_from([-3, 0, 0, 1, 2, 20]),
    ),
    st.builds(lambda on: {"on": on, "type": "check"}, day),
    st.builds(lambda on: {"on": on, "type": "progress"}, day),
    st.builds(
        lambda on, level: {"on": on, "type": "declared", "level": level}, day, st.integers(0, 3)
    ),
    st.builds(
        lambda on, level: {"on": on, "type": "commission", "level": level}, day, st.integers(0, 4)
    ),
    st.builds(
        lambda on, level, length: {
            "on": on,
            "type": "override",
            "level": level,
            "until": later(on, length),
        },
        day,
        small_level,
        st.integers(0, 30),
    ),
    st.builds(
        lambda on, starts, length: {
            "on": on,
            "type": "leave",
            "from": later(on, starts),
            "until": later(on, starts + length - 1),
        },
        day,
        st.sampled_from([-20, 0, 0, 15]),
        st.sampled_from([1, 7, 14, 30, 31, 90, 91, 120]),
    ),
    st.builds(
        lambda on, length: {"on": on, "type": "suspension", "until": later(on, length)},
        day,
        st.integers(0, 13),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    """A case with up to sixteen events and a few withdrawals, and the days to ask."""
    events = draw(
        st.lists(
            st.one_of(quizzes, quizzes, observations, observations, others), min_size=3, max_size=16
        )
    )
    for number, event in enumerate(events):
        event["id"] = f"e{number}"
    for event in draw(st.lists(st.sampled_from(events), max_size=2, unique_by=id)):
        on = later(event.get("known", event["on"]), draw(st.integers(0, 60)))
        events.append({"on": on, "type": "withdrawal", "of": event["id"]})
    level = draw(st.sampled_from([2, 2, 2, 1, 3, 4, 0]))
    campaigns = [["2026-06-01", "2026-06-20"], ["2026-12-01", "2026-12-20"]]
    asked = draw(st.lists(day, min_size=1, max_size=3))
    return {
        "case": "random",
        "competence": {
            "kind": draw(st.sampled_from(["skill", "skill", "knowledge", "quality"])),
            "risk": draw(st.sampled_from(["low", "normal", "high", "critical"])),
        },
        "requirement": {
            "level": level,
            "upper": draw(st.sampled_from([None, level])),
            "gate": draw(st.booleans()),
        },
        "campaigns": campaigns if draw(st.sampled_from([False, False, True])) else [],
        "events": events,
        "ask": [
            {"on": on, "known": later(on, draw(st.sampled_from([0, 0, 30, -10])))} for on in asked
        ],
    }


slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(slow, max_examples=150)
@given(histories())
def test_the_rule_and_the_small_model_agree(case):
    expected = [model_answer(case, one["on"], one["known"]) for one in case["ask"]]
    assert answers_of(case) == expected


@settings(slow, max_examples=60)
@given(histories(), st.randoms(use_true_random=False))
def test_rows_may_arrive_in_any_order(case, random):
    shuffled = copy.deepcopy(case)
    # Any order of days; within a day the order given.
    order = {event["on"]: random.random() for event in case["events"]}
    shuffled["events"].sort(key=lambda event: order[event["on"]])
    assert answers_of(shuffled) == answers_of(case)


@settings(slow, max_examples=60)
@given(histories(), st.integers(1, 2), day)
def test_a_pass_never_lowers_the_level(case, level, on):
    more = copy.deepcopy(case)
    more["events"].append({"on": on, "type": "quiz", "level": level, "passed": True})
    for before, after in zip(answers_of(case), answers_of(more), strict=True):
        assert after["level"] >= before["level"]


@settings(slow, max_examples=60)
@given(histories(), st.sampled_from(["progress", "self", "peer", "customer"]), day)
def test_what_gives_no_level_moves_no_date(case, kind, on):
    more = copy.deepcopy(case)
    more["events"].append({"on": on, "type": kind})
    for before, after in zip(answers_of(case), answers_of(more), strict=True):
        assert (after["level"], after["until"]) == (before["level"], before["until"])
        same = after["state"] == before["state"]
        assert same or (before["state"], after["state"]) == ("none", "learning")


@settings(slow, max_examples=60)
@given(histories(), st.lists(st.one_of(quizzes, observations, others), min_size=1, max_size=6))
def test_what_was_known_then_never_changes(case, later_events):
    known = max(one["known"] for one in case["ask"])
    more = copy.deepcopy(case)
    for event in later_events:
        shift = (date.fromisoformat(known) - date.fromisoformat(event["on"])).days + 1
        for name in ("on", "from", "until", "effective", "known"):
            if name in event and shift > 0:
                event[name] = later(event[name], shift)
        more["events"].append(event)
    if case["events"]:
        withdrawn = case["events"][0]
        if withdrawn["type"] != "withdrawal":
            recorded = max(known, withdrawn.get("known", withdrawn["on"]))
            more["events"].append(
                {"on": later(recorded, 1), "type": "withdrawal", "of": withdrawn["id"]}
            )
    assert answers_of(more) == answers_of(case)


@settings(slow, max_examples=60)
@given(histories(), st.sampled_from(["change", "check"]), day)
def test_changes_and_checks_give_no_level_and_move_no_date(case, kind, on):
    more = copy.deepcopy(case)
    more["events"].append({"on": on, "type": kind})
    for before, after in zip(answers_of(case), answers_of(more), strict=True):
        assert (after["level"], after["until"]) == (before["level"], before["until"])


@settings(slow, max_examples=60)
@given(histories())
def test_an_open_gate_has_one_of_three_states(case):
    for found in answers_of(case):
        if found["gate"] == "open":
            assert found["state"] in ("current", "due_soon", "stale")
        if found["state"] in ("current", "due_soon", "stale", None):
            assert found["level"] >= case["requirement"]["level"]


@settings(slow, max_examples=60)
@given(histories())
def test_a_case_is_read_the_same_after_a_round_through_json(case):
    line = json.dumps(case)
    assert read_case(line) == read_case(json.dumps(json.loads(line)))
