"""What those who answer for others see of them: mentors, leads, HR, the auditor."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from competence.choices import StateChoice
from competence.models import CellSegment
from competence.permissions import SEES_MATRIX
from competence.selectors.summary import (
    Kept,
    Lapse,
    Standing,
    kept_from_calls,
    lapsing,
    standing_of,
)
from dashboard.workday import working_days
from people.models import Employee
from people.viewer import Viewer

SHOWN = 6
NEW_FOR = datetime.timedelta(days=42)
# At target: what one has.
HAVE = (StateChoice.CURRENT, StateChoice.DUE_SOON, StateChoice.STALE)


@dataclass(frozen=True)
class Team:
    """The people whose record the viewer may read, in figures and names."""

    people: int
    standing: Standing
    kept: Sequence[Kept]
    kept_count: int
    lapses: Sequence[Lapse]
    lapse_count: int

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Each state that occurs and what is said of it: “lapsed 4”."""
        states = self.standing.states.items()
        return [(state, f"{StateChoice(state).label} {count}") for state, count in states]


@dataclass(frozen=True)
class Newcomer:
    """Somebody in their first weeks: on which working day, and how many of the required competences they have."""

    employee: Employee
    day: int
    have: int
    of: int


def team_of(viewer: Viewer, at: datetime.datetime) -> Team | None:
    """The people of a lead, of HR, of the auditor; None for who leads nobody. Eight queries at most."""
    if not SEES_MATRIX.admits(viewer):
        return None
    day = at.astimezone(viewer.tz).date()
    people = _readable(viewer, at, day)
    kept, kept_count = kept_from_calls(people, day, limit=SHOWN)
    lapses, lapse_count = lapsing(people, day, limit=SHOWN)
    return Team(
        people=people.count(),
        standing=standing_of(people, day),
        kept=kept,
        kept_count=kept_count,
        lapses=lapses,
        lapse_count=lapse_count,
    )


def trainees_of(viewer: Viewer, at: datetime.datetime) -> list[Newcomer]:
    """The people the viewer is mentor of, the newest first. Two queries."""
    day = at.astimezone(viewer.tz).date()
    return _newcomers(_readable(viewer, at, day).filter(mentor=viewer.employee_id), day)


def newcomers_of(viewer: Viewer, at: datetime.datetime) -> list[Newcomer]:
    """Who was hired within six weeks and whose record the viewer may read, the newest first. Two queries."""
    day = at.astimezone(viewer.tz).date()
    people = _readable(viewer, at, day).exclude(pk=viewer.employee_id)
    return _newcomers(people.filter(hired_on__gt=day - NEW_FOR), day)


def _readable(viewer: Viewer, at: datetime.datetime, day: datetime.date) -> QuerySet[Employee]:
    return Employee.objects.visible_to(viewer, at).working_on(day)


def _newcomers(people: QuerySet[Employee], day: datetime.date) -> list[Newcomer]:
    found = list(people.select_related("mentor").order_by("-hired_on", "full_name")[:SHOWN])
    cells = CellSegment.objects.filter(employee__in=found).covering(day).required()
    counts = {
        employee_id: (have, required)
        for employee_id, have, required in cells.order_by()
        .values_list("employee_id")
        .annotate(
            have=Count("pk", filter=Q(state__in=HAVE)),
            required=Count("pk"),
        )
    }
    return [
        Newcomer(one, working_days(one.hired_on, day), *counts.get(one.pk, (0, 0))) for one in found
    ]
