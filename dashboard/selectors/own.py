"""What one's own day consists of: the shift, and the own record in three words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from competence.choices import StateChoice
from competence.models import CellSegment
from competence.selectors.record import Readiness, cells_of, readiness_of, why
from dashboard.workday import Workday, workday
from people.models import Employee
from people.selectors import assignment_on, working_time_of
from people.viewer import Viewer

# So many of what one may not do are named; the rest is a number.
NAMED = 3
KEEPS_AWAY = (StateChoice.SUSPENDED, StateChoice.LAPSED, StateChoice.LEARNING)


@dataclass(frozen=True)
class OwnRecord:
    """The own record in three words: may, may until a day, may not and why. ``not_begun`` is none of them."""

    readiness: Sequence[Readiness]
    may: int
    check: Sequence[CellSegment]
    renew: Sequence[CellSegment]
    may_not: Sequence[CellSegment]
    not_begun: int

    @property
    def check_by(self) -> datetime.date | None:
        """The first day by which something is to be checked."""
        return min((cell.check_by for cell in self.check if cell.check_by), default=None)

    @property
    def renew_by(self) -> datetime.date | None:
        """The first day by which something is to be renewed."""
        return min((cell.reason_day for cell in self.renew if cell.reason_day), default=None)

    @property
    def named(self) -> list[tuple[CellSegment, str]]:
        """What one may not do and why, the worst first, as far as it is named."""
        return [(cell, why(cell)) for cell in self.may_not[:NAMED]]

    @property
    def more(self) -> int:
        """How many more one may not do."""
        return max(len(self.may_not) - NAMED, 0)


def own_employee(viewer: Viewer) -> Employee | None:
    """The viewer as somebody who works here. One query; none for a superuser."""
    if viewer.employee_id is None:
        return None
    return Employee.objects.select_related("mentor").get(pk=viewer.employee_id)


def day_of(employee: Employee | None, now: datetime.datetime) -> tuple[str, Workday | None]:
    """The team today and where somebody stands in their shift. Four queries."""
    if employee is None:
        return "", None
    assignment = assignment_on(employee, now.astimezone(employee.tz).date())
    time = working_time_of(employee, since=now, until=now)
    return assignment.team.name if assignment else "", workday(time, now)


def own_record(employee: Employee | None, at: datetime.datetime) -> OwnRecord | None:
    """The record of ``employee`` in three words; None where their position requires nothing. One query."""
    cells = [cell for cell in cells_of(employee, at) if cell.state] if employee else []
    if not cells:
        return None

    def of(*states: StateChoice) -> list[CellSegment]:
        return [cell for cell in cells if cell.state in states]

    return OwnRecord(
        readiness=readiness_of(cells),
        may=len(of(StateChoice.CURRENT)),
        check=of(StateChoice.STALE),
        renew=of(StateChoice.DUE_SOON),
        may_not=of(*KEEPS_AWAY),
        not_begun=len(of(StateChoice.NONE)),
    )
