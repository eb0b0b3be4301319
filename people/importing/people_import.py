"""Importing people: plan, and if nothing is wrong write the whole plan in one transaction."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.importing.cells import key_of
from people.importing.people_plan import Change, Plan, plan_people
from people.importing.people_rows import PersonRow, read_people
from people.importing.tables import RowError, Table
from people.models import Employee, Position, Team, User
from people.roles import Role
from people.services.accounts import set_roles
from people.services.departures import deactivate
from people.services.employment import (
    NewEmployee,
    assign,
    change_details,
    correct_hiring_day,
    hire_many,
)
from people.services.mentors import set_mentor


@dataclass(frozen=True, kw_only=True)
class Report:
    """What an import did, or would do; with ``refused`` rows nothing was written."""

    imported: int
    updated: int
    unchanged: int
    new_teams: tuple[str, ...]
    new_positions: tuple[str, ...]
    ignored: tuple[str, ...]
    refused: tuple[RowError, ...]
    dry_run: bool

    @property
    def wrote(self) -> bool:
        """Whether the database has changed."""
        return not self.dry_run and not self.refused

    def as_json(self) -> dict:
        """The figures in the form all importers print."""
        ignored = [
            {"line": 1, "reason": str(_("column “%s” is not used") % name)} for name in self.ignored
        ]
        return {
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "degraded": ignored,
            "refused": [{"line": error.line, "reason": error.reason} for error in self.refused],
            "new_teams": list(self.new_teams),
            "new_positions": list(self.new_positions),
            "dry_run": self.dry_run,
        }


def import_people(
    table: Table,
    *,
    by: User | None,
    now: datetime.datetime,
    create_missing: bool = False,
    dry_run: bool = False,
) -> Report:
    """Bring the people on record in line with ``table``: all rows or, if one is wrong, none.

    People are known by personnel number, else by address, so the same file again changes nothing. Raises
    UnreadableFile for headings that make no sense; what is wrong with rows stands in the report.
    """
    today = timezone.localtime(now, timezone.get_default_timezone()).date()
    file = read_people(table)
    plan = plan_people(file, by=by, today=today, create_missing=create_missing)
    if not plan.errors and not dry_run:
        _write(plan, by=by, now=now)
    return Report(
        imported=len(plan.hires),
        updated=len(plan.changes),
        unchanged=plan.unchanged,
        new_teams=tuple(plan.new_teams),
        new_positions=tuple(plan.new_positions),
        ignored=plan.ignored,
        refused=tuple(plan.errors),
        dry_run=dry_run,
    )


@transaction.atomic
def _write(plan: Plan, *, by: User | None, now: datetime.datetime) -> None:
    teams = _teams(plan)
    positions = _positions(plan)
    hired = hire_many(
        people=[
            NewEmployee(
                full_name=row.full_name or "",
                email=row.email,
                hired_on=row.hired_on or now.date(),
                team=teams[key_of(row.team or "")],
                position=positions[key_of(row.position or "")],
                roles=row.roles if row.roles is not None else frozenset({Role.OPERATOR}),
                external_id=row.external_id,
                zone=row.zone or settings.TIME_ZONE,
                language=row.language or settings.LANGUAGE_CODE,
            )
            for row in plan.hires
        ],
        by=by,
    )
    for change in plan.changes:
        _apply(change, teams=teams, positions=positions, by=by)
    _mentors(plan, hired, by=by)
    leaving: list[tuple[PersonRow, Employee]] = [
        *((row, employee) for row, employee in zip(plan.hires, hired, strict=True) if row.left_on),
        *((change.row, change.employee) for change in plan.changes if change.left_on),
    ]
    for row, employee in leaving:
        if row.left_on:
            deactivate(employee=employee, last_day=row.left_on, by=by, now=now)


def _teams(plan: Plan) -> dict[str, Team]:
    teams = {key_of(team.name): team for team in Team.objects.all()}
    for name in plan.new_teams:
        teams[key_of(name)] = Team.objects.create(name=name)
    for name, parent in plan.new_teams.items():
        if parent:
            team = teams[key_of(name)]
            team.parent = teams[key_of(parent)]
            team.save(update_fields=["parent"])
    return teams


def _positions(plan: Plan) -> dict[str, Position]:
    positions = {key_of(position.name): position for position in Position.objects.all()}
    for name in plan.new_positions:
        positions[key_of(name)] = Position.objects.create(name=name)
    return positions


def _apply(
    change: Change, *, teams: dict[str, Team], positions: dict[str, Position], by: User | None
) -> None:
    employee = change.employee
    if change.details:
        change_details(employee=employee, by=by, **change.details)
    if change.hired_on:
        correct_hiring_day(employee=employee, hired_on=change.hired_on, by=by)
    if change.place:
        team, position, since = change.place
        assign(
            employee=employee,
            team=teams[key_of(team)],
            position=positions[key_of(position)],
            starts_on=since,
            by=by,
        )
    if change.roles is not None:
        set_roles(employee=employee, roles=change.roles, by=by)


def _mentors(plan: Plan, hired: list[Employee], *, by: User | None) -> None:
    """Set mentors once everybody exists. All old ones go first, so that no order of rows closes a circle."""
    wanted = {
        employee.pk: row.mentor
        for row, employee in zip(plan.hires, hired, strict=True)
        if row.mentor
    }
    wanted |= {c.employee.pk: c.mentor for c in plan.changes if c.mentor is not None}
    if not wanted:
        return
    before = {c.employee.pk: c.employee for c in plan.changes if c.mentor is not None}
    moved = [pk for pk, employee in before.items() if employee.mentor_id and wanted[pk]]
    Employee.objects.filter(pk__in=moved).update(mentor=None)
    people = {e.pk: e for e in hired} | before
    without = [pk for pk, email in wanted.items() if not email]
    for pk in without:
        set_mentor(employee=people[pk], mentor=None, by=by)
    mentors = _by_address(email for email in wanted.values() if email)
    for pk, email in wanted.items():
        if email:
            set_mentor(employee=people[pk], mentor=mentors[User.key_of(email)], by=by)


def _by_address(emails: Iterable[str]) -> dict[str, Employee]:
    keys = {User.key_of(email) for email in emails}
    found = Employee.objects.filter(user__email_key__in=keys).select_related("user")
    return {employee.user.email_key: employee for employee in found}
