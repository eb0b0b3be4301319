"""What an absence does: it moves last valid days and check deadlines, or makes a gate wait."""

from dataclasses import dataclass
from datetime import date

from competence.rule.calendar import DAY, add_days, length_in_days
from competence.rule.events import Leave
from competence.rule.figures import Figures


def return_day(leave: Leave) -> date:
    """“The return is the day after the last.”"""
    return leave.last + DAY


@dataclass(frozen=True)
class Absences:
    """All known leaves of a person, by their first day. “Both ends of a leave count.”"""

    leaves: tuple[Leave, ...]
    figures: Figures

    def _short(self) -> list[Leave]:
        """“Longer: nothing moves.”"""
        limit = self.figures.short_leave_days
        return [leave for leave in self.leaves if length_in_days(leave.first, leave.last) <= limit]

    def move_last_day(self, last: date) -> date:
        """The last valid day of a pass or of the declaration, moved by leaves of up to 30 days.

        “A last valid day that falls from its first day to nine days after the return becomes return + 10.”
        A day moved by one leave may be moved on by a later one.
        """
        grace = self.figures.leave_grace_days
        for leave in self._short():
            if leave.first <= last < add_days(return_day(leave), grace):
                last = add_days(return_day(leave), grace)
        return last

    def move_deadline(self, deadline: date, allowance: int | None) -> date:
        """A check's deadline, moved by leaves of up to 30 days; ``allowance`` None: the risk is critical.

        “A check deadline inside it becomes return + the allowance (critical: the last day of leave).”
        """
        for leave in self._short():
            if leave.first <= deadline <= leave.last:
                deadline = (
                    leave.last if allowance is None else add_days(return_day(leave), allowance)
                )
        return deadline

    def last_return_from_long_leave(self, day: date) -> date | None:
        """The last return, by ``day``, from a leave of more than 90 days."""
        returns = [
            return_day(leave)
            for leave in self.leaves
            if length_in_days(leave.first, leave.last) > self.figures.long_leave_days
        ]
        return max((one for one in returns if one <= day), default=None)
