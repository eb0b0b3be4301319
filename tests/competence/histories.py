"""Writing histories in tests as a person would: a few events in the format of replay files, and a day asked."""

import json
from datetime import date, timedelta
from typing import Any

from competence.replay.cases import answers, read_case


def quiz(on: str, level: int = 2, *, passed: bool = True, **more: Any) -> dict[str, Any]:
    """A full quiz, passed unless said otherwise."""
    return {"on": on, "type": "quiz", "level": level, "passed": passed, **more}


def fail(on: str, level: int = 2, **more: Any) -> dict[str, Any]:
    """A failed quiz."""
    return quiz(on, level, passed=False, **more)


def seen(on: str, rating: int = 2, rater: str = "olga", **more: Any) -> dict[str, Any]:
    """An observation by a mentor."""
    return {"on": on, "type": "observation", "rating": rating, "rater": rater, **more}


def happened(on: str, kind: str, **more: Any) -> dict[str, Any]:
    """Any other event."""
    return {"on": on, "type": kind, **more}


def leave(on: str, until: str, **more: Any) -> dict[str, Any]:
    """A leave, recorded on its first day unless ``**{"from": …}`` says otherwise."""
    return {"on": on, "type": "leave", "until": until, **more}


def practised(level: int = 2) -> list[dict[str, Any]]:
    """Three observations of early March 2026, by two raters: enough for any level up to three."""
    return [
        seen("2026-03-02", level),
        seen("2026-03-03", level, "ilya"),
        seen("2026-03-05", level),
    ]


def case(*events: Any, on: str, known: str | None = None, **given: Any) -> dict[str, Any]:
    """A whole case; a knowledge of normal risk at target 2, gated, unless said otherwise."""
    flat = [one for event in events for one in (event if isinstance(event, list) else [event])]
    requirement = {
        "level": given.pop("level", 2),
        "upper": given.pop("upper", None),
        "gate": given.pop("gate", True),
    }
    competence = {"kind": given.pop("kind", "knowledge"), "risk": given.pop("risk", "normal")}
    if "validity_months" in given:
        competence["validity_months"] = given.pop("validity_months")
    asked = {"on": on, "known": known} if known else on
    return {
        "case": "one",
        "competence": competence,
        "requirement": requirement,
        "events": flat,
        "ask": [asked],
        **given,
    }


def answer(*events: Any, on: str, **given: Any) -> dict[str, Any]:
    """What the rule answers for one day, without case, days and sentence."""
    return answers_of(case(*events, on=on, **given))[0]


def skill(*events: Any, on: str, **given: Any) -> dict[str, Any]:
    """The same for a skill of high risk."""
    return answer(*events, on=on, **{"kind": "skill", "risk": "high", **given})


def quality(*events: Any, on: str, **given: Any) -> dict[str, Any]:
    """The same for a quality."""
    return answer(*events, on=on, **{"kind": "quality", **given})


def answers_of(given: dict[str, Any]) -> list[dict[str, Any]]:
    """All answers to a case."""
    found = []
    for one in answers(read_case(json.dumps(given)), lambda judgement: ""):
        del one["case"], one["on"], one["known"], one["why"]
        found.append(one)
    return found


def level_until(found: dict[str, Any]) -> tuple[int, str | None]:
    """Level and last valid day."""
    return found["level"], found["until"]


def days(first: str, count: int) -> list[str]:
    """``count`` days from ``first``."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=number)).isoformat() for number in range(count)]
