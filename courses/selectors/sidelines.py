"""What stands beside a plan: the competences that open the queue, and the people who help."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from competence.models import CellSegment
from courses.loading import local_day
from courses.selectors.plans import PlanReading
from courses.services.telling import leads_of
from people.models import Employee


@dataclass(frozen=True)
class Before:
    """The gates of a queue for one person: each cell of them, and how many are open."""

    queue: str
    cells: tuple[CellSegment, ...]

    @property
    def shut(self) -> int:
        """How many keep the person from the queue."""
        return sum(cell.gate == "shut" for cell in self.cells)


def before_calls(
    employee: Employee, plans: Sequence[PlanReading], now: datetime.datetime
) -> list[Before]:
    """For each queue that ``plans`` lead to: the cells whose gates it has. One query."""
    queues = {
        plan.enrollment.programme.queue_id: plan.enrollment.programme.queue
        for plan in plans
        if plan.enrollment.programme.queue_id
    }
    if not queues:
        return []
    cells = (
        CellSegment.objects.filter(employee=employee, queue__in=list(queues))
        .covering(local_day(now, employee))
        .required()
        .select_related("competence")
        .order_by("competence__area__order", "competence__order", "competence__name")
    )
    rows = list(cells)
    return [
        Before(queue.name, tuple(row for row in rows if row.queue_id == pk))
        for pk, queue in queues.items()
    ]


def people_around(employee: Employee, now: datetime.datetime) -> dict[str, str]:
    """Who is beside ``employee``: mentor and lead by name, where there are any. Two queries."""
    found = {}
    if employee.mentor is not None:
        found["mentor"] = employee.mentor.full_name
    for lead in leads_of(employee, now):
        found["lead"] = lead.full_name
    return found
