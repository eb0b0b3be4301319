"""Users, employees, teams, positions and the dated rows between them."""

from people.models.company import Company
from people.models.employees import Assignment, Employee, Leave, Shift, Theme
from people.models.teams import Position, Team
from people.models.users import User

__all__ = [
    "Assignment",
    "Company",
    "Employee",
    "Leave",
    "Position",
    "Shift",
    "Team",
    "Theme",
    "User",
]
