"""What a file of people would change: every row held against the database, before anything is written."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from people.importing.cells import did_you_mean, key_of
from people.importing.people_on_record import OnRecord
from people.importing.people_rows import PeopleFile, PersonRow
from people.importing.tables import RowError
from people.models import Employee, User
from people.roles import Role
from people.services.accounts import may_manage_login
from people.services.departures import open_handovers


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row about somebody who is known: which of its values differ from what is on record."""

    row: PersonRow
    employee: Employee
    details: dict[str, str] = field(default_factory=dict)
    hired_on: datetime.date | None = None
    place: tuple[str, str, datetime.date] | None = None
    roles: frozenset[str] | None = None
    mentor: str | None = None
    left_on: datetime.date | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not self.details and all(
            value is None
            for value in (self.hired_on, self.place, self.roles, self.mentor, self.left_on)
        )


@dataclass
class Plan:
    """What importing would do, or why it cannot: with a single error nothing is written."""

    hires: list[PersonRow] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    new_teams: dict[str, str | None] = field(default_factory=dict)
    new_positions: list[str] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    ignored: tuple[str, ...] = ()


def plan_people(
    file: PeopleFile, *, by: User | None, today: datetime.date, create_missing: bool
) -> Plan:
    """Hold the rows of ``file`` against the database. Reads only; all complaints come at once."""
    return _Planner(file, by=by, today=today, create_missing=create_missing).plan()


class _Planner:
    """Builds one plan."""

    def __init__(
        self, file: PeopleFile, *, by: User | None, today: datetime.date, create_missing: bool
    ) -> None:
        self.file = file
        self.by = by
        self.today = today
        self.create_missing = create_missing
        self.known = OnRecord(today)
        self.result = Plan(errors=list(file.errors), ignored=file.ignored)
        self.missing_teams: dict[str, tuple[str, str | None]] = {}
        self.missing_positions: dict[str, str] = {}

    def plan(self) -> Plan:
        for row in self.file.rows:
            self._team(row)
            self._position(row)
            employee = self._who(row)
            if employee is None:
                self._hire(row)
            else:
                self._change(row, employee)
        self._mentors()
        self.result.new_positions = list(self.missing_positions.values())
        self._parents()
        self.result.errors.sort(key=lambda error: error.line)
        return self.result

    def _refuse(self, row: PersonRow, reason: str) -> None:
        self.result.errors.append(RowError(row.line, reason))

    def _who(self, row: PersonRow) -> Employee | None:
        """The person on record the row speaks of: by personnel number, else by address."""
        by_number = self.known.by_number.get(row.external_id) if row.external_id else None
        by_email = self.known.by_email.get(row.key)
        if by_number and by_email and by_number != by_email:
            self._refuse(
                row,
                _("the number %(number)s is %(one)s, the address %(email)s is %(other)s")
                % {
                    "number": row.external_id,
                    "one": by_number.full_name,
                    "email": row.email,
                    "other": by_email.full_name,
                },
            )
        elif by_email and row.external_id and by_email.external_id not in (None, row.external_id):
            self._refuse(
                row,
                _("%(email)s is %(name)s, whose personnel number is %(number)s")
                % {
                    "email": row.email,
                    "name": by_email.full_name,
                    "number": by_email.external_id,
                },
            )
        elif not by_email and row.key in self.known.logins:
            self._refuse(row, _("%(email)s is a login without an employee") % {"email": row.email})
        return by_number or by_email

    def _hire(self, row: PersonRow) -> None:
        for value, what in (
            (row.full_name, _("a name")),
            (row.team, _("a team")),
            (row.position, _("a position")),
            (row.hired_on, _("a first day")),
        ):
            if not value:
                self._refuse(
                    row,
                    _("%(email)s is new here and needs %(what)s")
                    % {"email": row.email, "what": what},
                )
        self._may_give(row, set(), row.roles or frozenset())
        self.result.hires.append(row)

    def _change(self, row: PersonRow, employee: Employee) -> None:
        held = frozenset(self.known.roles.get(employee.user_id, set()))
        change = Change(
            row=row,
            employee=employee,
            details=self._details(row, employee),
            hired_on=row.hired_on if row.hired_on not in (None, employee.hired_on) else None,
            place=self._place(row, employee),
            roles=row.roles if row.roles is not None and row.roles != held else None,
            mentor=self._mentor(row, employee),
            left_on=row.left_on if row.left_on not in (None, employee.left_on) else None,
        )
        if change.is_empty:
            self.result.unchanged += 1
            return
        self._judge(change, held)
        self.result.changes.append(change)

    def _details(self, row: PersonRow, employee: Employee) -> dict[str, str]:
        on_record = {
            "full_name": employee.full_name,
            "email": employee.user.email,
            "external_id": employee.external_id,
            "zone": employee.zone,
            "language": employee.language,
        }
        said = {name: getattr(row, name) for name in on_record}
        if row.key == employee.user.email_key:
            del said["email"]
        return {name: value for name, value in said.items() if value and value != on_record[name]}

    def _place(self, row: PersonRow, employee: Employee) -> tuple[str, str, datetime.date] | None:
        current = self.known.places.get(employee.pk)
        team = row.team or (current.team.name if current else None)
        position = row.position or (current.position.name if current else None)
        if team is None or position is None:
            return None
        if current and (key_of(team), key_of(position)) == (
            key_of(current.team.name),
            key_of(current.position.name),
        ):
            return None
        since = row.assigned_on or max(self.today, row.hired_on or employee.hired_on)
        return team, position, since

    def _mentor(self, row: PersonRow, employee: Employee) -> str | None:
        if row.mentor is None:
            return None
        current = employee.mentor.user.email_key if employee.mentor else ""
        return row.mentor if User.key_of(row.mentor) != current else None

    def _judge(self, change: Change, held: frozenset[str]) -> None:
        row, employee = change.row, change.employee
        login = "email" in change.details or change.roles is not None or change.left_on is not None
        if login and not may_manage_login(self.by, employee.user):
            self._refuse(
                row,
                _("the login of %(name)s is kept by administrators") % {"name": employee.full_name},
            )
        if change.roles is not None:
            self._may_give(row, held, change.roles)
        hired = change.hired_on or employee.hired_on
        if change.hired_on and self._has_records_before(change.hired_on, employee):
            self._refuse(
                row, _("%(name)s has records from before that day") % {"name": employee.full_name}
            )
        left = change.left_on or employee.left_on
        if left and left < hired:
            self._refuse(row, _("the last day lies before the first"))
        if change.place and (change.place[2] < hired or (left and change.place[2] > left)):
            self._refuse(row, _("the new place begins on a day that is not worked here"))
        if change.left_on is not None:
            self._may_leave(row, employee)

    @staticmethod
    def _has_records_before(day: datetime.date, employee: Employee) -> bool:
        later = employee.assignments.exclude(starts_on=employee.hired_on)
        return later.filter(starts_on__lte=day).exists()

    def _may_leave(self, row: PersonRow, employee: Employee) -> None:
        if self.by is not None and self.by.pk == employee.user_id:
            self._refuse(row, _("nobody closes their own account"))
        if handovers := open_handovers(employee):
            shown = "; ".join(f"{handover.kind}: {handover.title}" for handover in handovers[:3])
            more = _(" and %(n)s more") % {"n": len(handovers) - 3} if len(handovers) > 3 else ""
            self._refuse(row, _("must be handed over first: %(things)s") % {"things": shown + more})

    def _may_give(self, row: PersonRow, held: Iterable[str], wanted: Iterable[str]) -> None:
        if Role.ADMINISTRATOR not in set(held) ^ set(wanted) or self.by is None:
            return
        if not (
            self.by.is_superuser or Role.ADMINISTRATOR in self.known.roles.get(self.by.pk, set())
        ):
            self._refuse(row, _("only an administrator makes or unmakes an administrator"))

    def _team(self, row: PersonRow) -> None:
        if row.team is None:
            return
        key = key_of(row.team)
        team = self.known.teams.get(key)
        if team is not None:
            above = team.parent.name if team.parent else ""
            if row.parent_team and key_of(row.parent_team) != key_of(above):
                self._refuse(
                    row,
                    _("the team “%(team)s” is part of “%(above)s”; change that in the back office")
                    % {"team": team.name, "above": above or "–"},
                )
            return
        if not self.create_missing:
            names = [team.name for team in self.known.teams.values()]
            self._refuse(
                row, _("no team “%(team)s”") % {"team": row.team} + did_you_mean(row.team, names)
            )
            return
        earlier = self.missing_teams.setdefault(key, (row.team, row.parent_team))
        if row.parent_team and earlier[1] is None:
            self.missing_teams[key] = (earlier[0], row.parent_team)
        elif row.parent_team and key_of(row.parent_team) != key_of(earlier[1] or ""):
            self._refuse(
                row, _("another row makes “%(team)s” part of another team") % {"team": row.team}
            )

    def _parents(self) -> None:
        """Teams named only as somebody's parent are created too; none may be inside itself."""
        for _name, parent in list(self.missing_teams.values()):
            if parent and key_of(parent) not in self.known.teams:
                self.missing_teams.setdefault(key_of(parent), (parent, None))
        self.result.new_teams = dict(self.missing_teams.values())
        parents = {key: key_of(above) for key, (_n, above) in self.missing_teams.items() if above}
        for row in self.file.rows:
            start = key_of(row.team or "")
            above, steps = parents.get(start), 0
            while above is not None and above != start and steps <= len(parents):
                above, steps = parents.get(above), steps + 1
            if above is not None and above == start:
                self._refuse(
                    row, _("the team “%(team)s” would be part of itself") % {"team": row.team}
                )

    def _position(self, row: PersonRow) -> None:
        if row.position is None or key_of(row.position) in self.known.positions:
            return
        if self.create_missing:
            self.missing_positions.setdefault(key_of(row.position), row.position)
            return
        names = [position.name for position in self.known.positions.values()]
        self._refuse(
            row,
            _("no position “%(position)s”") % {"position": row.position}
            + did_you_mean(row.position, names),
        )

    def _mentors(self) -> None:
        """Every mentor exists, stays, is somebody else, and no chain of mentors closes."""
        mentor_of = {
            employee.user.email_key: employee.mentor.user.email_key
            for employee in self.known.employees
            if employee.mentor
        }
        in_file = {row.key: row for row in self.file.rows}
        for row in self.file.rows:
            if row.mentor is None:
                continue
            mentor_of.pop(row.key, None)
            if not row.mentor:
                continue
            key = User.key_of(row.mentor)
            person = self.known.by_email.get(key)
            leaves = in_file[key].left_on if key in in_file else None
            if key == row.key:
                self._refuse(row, _("nobody is their own mentor"))
            elif person is None and key not in in_file:
                self._refuse(row, _("no mentor %(email)s") % {"email": row.mentor})
            elif leaves or (person is not None and person.left_on):
                self._refuse(row, _("the mentor %(email)s has left") % {"email": row.mentor})
            else:
                mentor_of[row.key] = key
        for row in self.file.rows:
            if row.mentor and self._comes_back(row.key, mentor_of):
                self._refuse(row, _("the mentors go round in a circle"))

    @staticmethod
    def _comes_back(start: str, mentor_of: dict[str, str]) -> bool:
        seen = {start}
        above = mentor_of.get(start)
        while above is not None:
            if above == start:
                return True
            if above in seen:
                return False
            seen.add(above)
            above = mentor_of.get(above)
        return False
