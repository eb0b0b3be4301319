"""What the database says about people when a file is held against it, loaded once."""

import datetime

from people.importing.cells import key_of
from people.models import Assignment, Employee, Position, Team, User
from people.roles import GROUP_PREFIX


class OnRecord:
    """Everybody on record by address and number, their places and roles; teams, positions, logins."""

    def __init__(self, today: datetime.date) -> None:
        self.employees = list(Employee.objects.select_related("user", "mentor__user"))
        self.by_email = {employee.user.email_key: employee for employee in self.employees}
        self.by_number = {e.external_id: e for e in self.employees if e.external_id}
        self.logins = set(User.objects.values_list("email_key", flat=True))
        self.teams = {key_of(team.name): team for team in Team.objects.select_related("parent")}
        self.positions = {key_of(position.name): position for position in Position.objects.all()}
        self.places: dict[int, Assignment] = {}
        rows = Assignment.objects.select_related("team", "position").order_by("starts_on")
        for assignment in rows:
            # The one in force, or the first one of somebody who starts later.
            if assignment.starts_on <= today or assignment.employee_id not in self.places:
                self.places[assignment.employee_id] = assignment
        self.roles: dict[int, set[str]] = {}
        memberships = User.groups.through.objects.filter(group__name__startswith=GROUP_PREFIX)
        for user_id, name in memberships.values_list("user_id", "group__name"):
            self.roles.setdefault(user_id, set()).add(name.removeprefix(GROUP_PREFIX))
