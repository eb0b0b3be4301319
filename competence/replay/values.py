"""Reading single values out of JSON: each function gives the value, or refuses it in a sentence."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from competence.rule.events import HIGHEST_LEVEL

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999


class RefusedCase(ValueError):
    """A line that is no case; the message says what is wrong with it."""


def no_number(name: str) -> None:
    raise ValueError(f"{name} is no value")


def mapping_of(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise RefusedCase(f"{name} must be an object")
    return value


def list_of(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise RefusedCase(f"“{name}” must be a list")
    return value


def needed_value(given: Mapping[str, Any], name: str) -> Any:
    if name not in given:
        raise RefusedCase(f"“{name}” is missing")
    return given[name]


def day_of(given: Mapping[str, Any], name: str) -> date:
    return as_day(needed_value(given, name), name)


def as_day(value: Any, name: str) -> date:
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        raise RefusedCase(f"“{name}” must be a day like 2026-03-14, not {json.dumps(value)}")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise RefusedCase(f"“{name}”: there is no day {value}") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise RefusedCase(f"“{name}”: {value} is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day


def level_of(given: Mapping[str, Any], name: str, *, may_be_null: bool = False) -> int | None:
    value = needed_value(given, name)
    if value is None and may_be_null:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedCase(f"“{name}” must be a whole number, not {json.dumps(value)}")
    if not 0 <= value <= HIGHEST_LEVEL:
        raise RefusedCase(f"“{name}” must be from 0 to 4, not {value}")
    return value


def months_of(given: Mapping[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 120:
        raise RefusedCase(f"“{name}” must be 1 to 120 months, not {json.dumps(value)}")
    return value


def flag_of(given: Mapping[str, Any], name: str, *, needed: bool = False) -> bool:
    value = needed_value(given, name) if needed else given.get(name)
    if value is None and not needed:
        return False
    if not isinstance(value, bool):
        raise RefusedCase(f"“{name}” must be true or false, not {json.dumps(value)}")
    return value


def text_of(given: Mapping[str, Any], name: str, *, needed: bool = False) -> str | None:
    value = needed_value(given, name) if needed else given.get(name)
    if value is None and not needed:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RefusedCase(f"“{name}” must be a text, not {json.dumps(value)}")
    return str(value)


def choice_of(kinds: type[Any], value: Any, name: str) -> Any:
    try:
        return kinds(value)
    except ValueError:
        known = ", ".join(kinds)
        raise RefusedCase(f"“{name}” must be one of {known}, not {json.dumps(value)}") from None
