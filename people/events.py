"""What people tells the apps above it. Ids and dates only, sent after the commit."""

import datetime
from dataclasses import dataclass

from common.events import Event


@dataclass(frozen=True, kw_only=True)
class EmployeeHired(Event):
    """Somebody starts to work here on a day."""

    employee_id: int
    hired_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class PositionChanged(Event):
    """From a day on, somebody works in a team at a position; also sent for their first one."""

    employee_id: int
    team_id: int
    position_id: int
    starts_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class MentorChanged(Event):
    """Somebody has another mentor, or none."""

    employee_id: int
    mentor_id: int | None


@dataclass(frozen=True, kw_only=True)
class LeaveRecorded(Event):
    """Somebody is away on some days."""

    employee_id: int
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Event):
    """Somebody holds other roles than before."""

    employee_id: int


@dataclass(frozen=True, kw_only=True)
class EmployeeLeft(Event):
    """Somebody works here until a day, which may still lie ahead."""

    employee_id: int
    left_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class EmployeeReturned(Event):
    """Somebody who had left, or was about to, works here on."""

    employee_id: int
