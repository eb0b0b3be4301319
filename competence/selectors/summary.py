"""Many people at once, in a few figures and the names that matter: what a home page says of a team.

Counted in the database, so that the number of queries and the size of the answer do not grow with the people.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from competence.choices import GateMode, StateChoice
from competence.models import CellSegment, Competence
from competence.rule.calendar import DAY, add_days
from people.models import Employee

AHEAD_DAYS = 30


@dataclass(frozen=True)
class Standing:
    """How the cells of some people stand on a day: how many in each state, the worst first."""

    states: dict[str, int]

    @property
    def cells(self) -> int:
        """All of them."""
        return sum(self.states.values())


@dataclass(frozen=True)
class Kept:
    """Somebody who may not take calls, and the competences whose gates are shut."""

    employee: Employee
    competences: tuple[str, ...]
    enforced: bool


@dataclass(frozen=True)
class Lapse:
    """A level that ends within a month unless it is renewed: whose, of what, and its last day."""

    employee: Employee
    competence: Competence
    last_day: datetime.date


def standing_of(people: QuerySet[Employee], day: datetime.date) -> Standing:
    """How the required cells of ``people`` stand on ``day``. One query."""
    cells = CellSegment.objects.filter(employee__in=people).covering(day).required()
    counts = dict(cells.order_by().values_list("state").annotate(Count("pk")))
    return Standing({state: counts[state] for state in StateChoice.values if state in counts})


def kept_from_calls(
    people: QuerySet[Employee], day: datetime.date, *, limit: int
) -> tuple[list[Kept], int]:
    """Who of ``people`` may not take calls on ``day``, by name, at most ``limit``; and how many there are.

    Queues whose gate is off keep nobody. Three queries.
    """
    shut = (
        CellSegment.objects.filter(employee__in=people, gate="shut")
        .covering(day)
        .exclude(queue__gate_mode=GateMode.OFF)
    )
    kept = Employee.objects.filter(pk__in=shut.values("employee")).order_by("full_name", "pk")
    named = list(kept[:limit])
    gates: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = shut.filter(employee__in=[one.pk for one in named]).order_by("competence__name")
    for employee_id, name, mode in rows.values_list(
        "employee_id", "competence__name", "queue__gate_mode"
    ):
        gates[employee_id].append((name, mode))
    found = [
        Kept(
            one,
            tuple(name for name, _mode in gates[one.pk]),
            any(mode == GateMode.ENFORCE for _name, mode in gates[one.pk]),
        )
        for one in named
    ]
    return found, kept.count()


def lapsing(
    people: QuerySet[Employee], day: datetime.date, *, limit: int
) -> tuple[list[Lapse], int]:
    """What of ``people`` ends within thirty days of ``day`` unless renewed, the next first; how many. Two queries."""
    ends = CellSegment.objects.filter(
        employee__in=people,
        state=StateChoice.LAPSED,
        first_day__gt=day,
        first_day__lte=add_days(day, AHEAD_DAYS + 1),
    )
    nearest = ends.select_related("employee", "competence").order_by(
        "first_day", "employee__full_name", "competence__name"
    )[:limit]
    found = [Lapse(one.employee, one.competence, one.first_day - DAY) for one in nearest]
    return found, ends.count()
