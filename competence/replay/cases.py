"""Histories as lines of JSON: reading a case, refusing what cannot be, and answering the days asked."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from competence.replay.values import (
    RefusedCase,
    as_day,
    choice_of,
    day_of,
    flag_of,
    level_of,
    list_of,
    mapping_of,
    months_of,
    needed_value,
    no_number,
    text_of,
)
from competence.rule import events as happened
from competence.rule.cells import Campaign, Cell, Competence, Kind, Requirement, Risk
from competence.rule.figures import DEFAULT_FIGURES, Figures
from competence.rule.judging import Judgement, judge
from competence.rule.knowing import refuse_impossible


@dataclass(frozen=True)
class Case:
    """One history and the days asked: pairs of the day and the day through which records are known."""

    name: Any
    cell: Cell
    ask: tuple[tuple[date, date], ...]


def read_case(line: str, figures: Figures = DEFAULT_FIGURES) -> Case:
    """The case that one line describes. Raises RefusedCase for unknown types and impossible values."""
    try:
        line.encode()
    except UnicodeEncodeError:
        raise RefusedCase("these bytes are no UTF-8") from None
    try:
        given = json.loads(line, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise RefusedCase(f"this is no JSON ({error})") from error
    given = mapping_of(given, "a case")
    try:
        events = tuple(_events(given))
        refuse_impossible(events, figures)
        cell = Cell(
            competence=_competence(mapping_of(needed_value(given, "competence"), "competence")),
            requirements=tuple(_requirements(given.get("requirement"))),
            campaigns=tuple(_campaigns(given)),
            events=events,
            figures=figures,
        )
        return Case(_name(given), cell, tuple(_asked(given)))
    except RefusedCase:
        raise
    except ValueError as error:
        raise RefusedCase(str(error)) from error


def answers(case: Case, why: Callable[[Judgement], str]) -> Iterator[dict[str, Any]]:
    """One answer per day asked, ready to be written as JSON; ``why`` puts a judgement into words."""
    for on, known in case.ask:
        judgement = judge(case.cell, on, known)
        answer: dict[str, Any] = {
            "case": case.name,
            "on": on.isoformat(),
            "known": known.isoformat(),
            "level": judgement.level,
            "until": judgement.until.isoformat() if judgement.until else None,
            "state": judgement.state,
            "check_by": judgement.check_by.isoformat() if judgement.check_by else None,
            "gate": judgement.gate,
        }
        if judgement.above_band is not None:
            answer["above_band"] = judgement.above_band
        yield answer | {"why": why(judgement)}


# --- parts of a case -------------------------------------------------------------------------------------------------


def _name(given: Mapping[str, Any]) -> Any:
    """What the case is called: any value, as long as it can be written down again in its answers."""
    name = needed_value(given, "case")
    try:
        json.dumps(name, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise RefusedCase("“case” holds half a character") from None
    return name


def _competence(given: Mapping[str, Any]) -> Competence:
    months = mapping_of(given.get("validity_months") or {}, "validity_months")
    for name in months:
        if name not in ("knowledge", "practice"):
            raise RefusedCase(f"“{name}” has no validity: only knowledge and practice have")
    return Competence(
        kind=choice_of(Kind, needed_value(given, "kind"), "kind"),
        risk=choice_of(Risk, given.get("risk", Risk.NORMAL), "risk"),
        knowledge_months=months_of(months, "knowledge"),
        practice_months=months_of(months, "practice"),
    )


def _requirements(given: Any) -> Iterator[Requirement]:
    if given is None:
        return
    listed = given if isinstance(given, list) else [given]
    begun: set[Any] = set()
    for one in listed:
        one = mapping_of(one, "requirement")
        if isinstance(given, list):
            day = day_of(one, "from")
            if day in begun:
                raise RefusedCase(f"two requirements begin on {day.isoformat()}")
            begun.add(day)
        yield Requirement(
            level=level_of(one, "level", may_be_null=True),
            upper=level_of(one, "upper", may_be_null=True)
            if one.get("upper") is not None
            else None,
            gate=flag_of(one, "gate"),
            starts=day_of(one, "from") if one.get("from") is not None else None,
        )


def _campaigns(given: Mapping[str, Any]) -> Iterator[Campaign]:
    for span in list_of(given.get("campaigns") or [], "campaigns"):
        if not isinstance(span, list) or len(span) != 2:
            raise RefusedCase("a campaign is a first and a last day")
        yield Campaign(first=as_day(span[0], "campaigns"), last=as_day(span[1], "campaigns"))


def _asked(given: Mapping[str, Any]) -> Iterator[tuple[date, date]]:
    for asked in list_of(needed_value(given, "ask"), "ask"):
        if isinstance(asked, Mapping):
            on = day_of(asked, "on")
            known = day_of(asked, "known") if asked.get("known") is not None else on
            yield on, known
        else:
            day = as_day(asked, "ask")
            yield day, day


# --- events ----------------------------------------------------------------------------------------------------------


def _events(given: Mapping[str, Any]) -> Iterator[happened.Event]:
    for number, one in enumerate(list_of(given.get("events", []), "events"), start=1):
        try:
            yield _event(mapping_of(one, "an event"))
        except ValueError as error:
            raise RefusedCase(f"event {number}: {error}") from error


def _event(given: Mapping[str, Any]) -> happened.Event:
    kind = needed_value(given, "type")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise RefusedCase(f"there is no type “{kind}”")
    event_type, fields = reader
    values = {name: read(given) for name, read in fields.items()}
    return event_type(on=day_of(given, "on"), id=text_of(given, "id"), **values)


def _first_day_of_leave(given: Mapping[str, Any]) -> date:
    return day_of(given, "from") if given.get("from") is not None else day_of(given, "on")


def _effective(given: Mapping[str, Any]) -> date | None:
    return day_of(given, "effective") if given.get("effective") is not None else None


def _late_sign_off(given: Mapping[str, Any]) -> date | None:
    return day_of(given, "known") if given.get("known") is not None else None


def _outside_rating(given: Mapping[str, Any]) -> int | None:
    return level_of(given, "rating") if given.get("rating") is not None else None


Field = Callable[[Mapping[str, Any]], Any]

READERS: dict[str, tuple[type[happened.Event], dict[str, Field]]] = {
    "quiz": (
        happened.Quiz,
        {
            "level": lambda given: level_of(given, "level"),
            "passed": lambda given: flag_of(given, "passed", needed=True),
            "covers_changes": lambda given: flag_of(given, "covers_changes"),
            "valid_months": lambda given: months_of(given, "validity_months"),
        },
    ),
    "observation": (
        happened.Observation,
        {
            "rating": lambda given: level_of(given, "rating"),
            "rater": lambda given: text_of(given, "rater"),
            "call": lambda given: text_of(given, "call"),
            "recorded": _late_sign_off,
            "valid_months": lambda given: months_of(given, "validity_months"),
        },
    ),
    "calibration": (
        happened.Calibration,
        {
            "call": lambda given: text_of(given, "call", needed=True),
            "rating": lambda given: level_of(given, "rating"),
        },
    ),
    "change": (happened.Change, {"effective": _effective}),
    "check": (happened.Check, {}),
    "progress": (happened.Progress, {}),
    "self": (happened.OutsideRating, {"rating": _outside_rating}),
    "peer": (happened.OutsideRating, {"rating": _outside_rating}),
    "customer": (happened.OutsideRating, {"rating": _outside_rating}),
    "declared": (happened.Declared, {"level": lambda given: level_of(given, "level")}),
    "commission": (happened.Commission, {"level": lambda given: level_of(given, "level")}),
    "override": (
        happened.Override,
        {
            "level": lambda given: level_of(given, "level"),
            "until": lambda given: day_of(given, "until"),
        },
    ),
    "leave": (
        happened.Leave,
        {"first": _first_day_of_leave, "last": lambda given: day_of(given, "until")},
    ),
    "suspension": (happened.Suspension, {"until": lambda given: day_of(given, "until")}),
    "withdrawal": (happened.Withdrawal, {"of": lambda given: text_of(given, "of", needed=True)}),
}
