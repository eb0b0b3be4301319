"""The figures of the default rule: configuration, versioned by whoever stores them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Every number of the rule that a customer may set otherwise."""

    knowledge_months: int = 6
    practice_months: int = 12
    verdict_months: int = 12

    renewal_days: int = 30
    campaign_lead_months: int = 3

    second_fail_days: int = 30

    observations_counted: int = 5
    observations_needed: int = 3
    days_needed: int = 2
    raters_needed_for_level_3: int = 2

    declared_days: int = 90
    declared_up_to: int = 2
    override_days: int = 30
    suspension_days: int = 14

    check_days: Mapping[str, int] = field(default_factory=lambda: {"normal": 14, "high": 5})

    short_leave_days: int = 30
    leave_grace_days: int = 10
    long_leave_days: int = 90

    signing_days: int = 3


DEFAULT_FIGURES = Figures()


def figures_from(given: Mapping[str, Any]) -> Figures:
    """The default figures with ``given`` ones in their place.

    Raises ValueError, with a sentence, for a name that is no figure and for a value that is none.
    """
    known = {one.name for one in fields(Figures)}
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"there is no figure “{name}”")
        numbers = [value]
        if name == "check_days":
            if not isinstance(value, Mapping) or set(value) != {"normal", "high"}:
                raise ValueError("“check_days” must name the days for “normal” and for “high”")
            numbers = list(value.values())
        if any(
            isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= 1000 for n in numbers
        ):
            raise ValueError(f"“{name}” must be whole numbers from 0 to 1000")
    return Figures(**given)
