"""Coming to work here and what changes while one does: team, position, personal data."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.events import emit
from people.emails import checked_email
from people.events import EmployeeHired, PositionChanged
from people.models import Assignment, Employee, Position, Team, User
from people.names import split_name, tidy
from people.refusals import Refusal
from people.roles import Role, group_name
from people.services.accounts import (
    EmailTaken,
    ProtectedAccount,
    change_email,
    is_administrator,
)
from people.services.mentors import set_mentor
from people.zones import known_zones


class PersonnelNumberTaken(Refusal):
    """Another employee has this personnel number."""


class UnknownZone(Refusal):
    """There is no time zone of this name."""


class BeforeHiring(Refusal):
    """An assignment begins before the person was hired, or after they left."""


@dataclass(frozen=True, kw_only=True)
class NewEmployee:
    """Somebody to be hired: everything that must be known on the first day."""

    full_name: str
    email: str
    hired_on: datetime.date
    team: Team
    position: Position
    roles: frozenset[str] = field(default_factory=lambda: frozenset({Role.OPERATOR}))
    external_id: str | None = None
    zone: str = field(default_factory=lambda: settings.TIME_ZONE)
    language: str = "ru"


def hire(*, new: NewEmployee, by: User | None, mentor: Employee | None = None) -> Employee:
    """Open an employee and a login for somebody; the password is theirs to set by reset mail.

    Raises UnusableEmail, EmailTaken, PersonnelNumberTaken, UnknownZone, UnsuitableMentor, ProtectedAccount.
    """
    with transaction.atomic():
        employee = hire_many(people=[new], by=by)[0]
        if mentor is not None:
            set_mentor(employee=employee, mentor=mentor, by=by)
    return employee


@transaction.atomic
def hire_many(*, people: Sequence[NewEmployee], by: User | None) -> list[Employee]:
    """Hire ``people`` in few statements, all or nobody; employees come back in the same order.

    Raises what ``hire`` raises but for mentors, who are set once everybody exists.
    """
    emails = [checked_email(new.email) for new in people]
    _refuse_taken(people, emails)
    if any(Role.ADMINISTRATOR in new.roles for new in people) and not is_administrator(by):
        raise ProtectedAccount(_("Only an administrator makes or unmakes an administrator."))
    users = User.objects.bulk_create(
        _login(new, email) for new, email in zip(people, emails, strict=True)
    )
    employees = Employee.objects.bulk_create(
        Employee(
            user=user,
            full_name=tidy(new.full_name),
            hired_on=new.hired_on,
            external_id=new.external_id or None,
            zone=new.zone,
            language=new.language,
        )
        for user, new in zip(users, people, strict=True)
    )
    Assignment.objects.bulk_create(
        Assignment(employee=employee, team=new.team, position=new.position, starts_on=new.hired_on)
        for employee, new in zip(employees, people, strict=True)
    )
    _put_into_groups(users, people)
    for employee, new in zip(employees, people, strict=True):
        log(employee, "people.hire", user=by, data={"on": new.hired_on.isoformat()})
        emit(EmployeeHired(employee_id=employee.pk, hired_on=new.hired_on))
        emit(
            PositionChanged(
                employee_id=employee.pk,
                team_id=new.team.pk,
                position_id=new.position.pk,
                starts_on=new.hired_on,
            )
        )
    return employees


def _login(new: NewEmployee, email: str) -> User:
    first, last = split_name(new.full_name)
    return User(
        email=email,
        email_key=User.key_of(email),
        first_name=first[:100],
        last_name=last[:100],
        password=make_password(None),
    )


def _refuse_taken(people: Sequence[NewEmployee], emails: Sequence[str]) -> None:
    keys = {User.key_of(email): email for email in emails}
    numbers = {new.external_id for new in people if new.external_id}
    taken = set(User.objects.filter(email_key__in=keys).values_list("email_key", flat=True))
    if taken or len(keys) < len(emails):
        email = keys[min(taken)] if taken else max(emails, key=emails.count)
        raise EmailTaken(_("%(email)s is another person's login.") % {"email": email})
    held = Employee.objects.filter(external_id__in=numbers).values_list("external_id", flat=True)
    if number := next(iter(held), None):
        raise PersonnelNumberTaken(
            _("The personnel number %(number)s is another person's.") % {"number": number}
        )
    for zone in {new.zone for new in people}:
        _refuse_unknown(zone)


def _refuse_unknown(zone: str) -> None:
    if zone not in known_zones():
        raise UnknownZone(_("There is no time zone “%(zone)s”.") % {"zone": zone})


def _put_into_groups(users: Sequence[User], people: Iterable[NewEmployee]) -> None:
    through = User.groups.through
    groups: dict[str, Group] = {}
    rows = []
    for user, new in zip(users, people, strict=True):
        for role in sorted(Role(role) for role in new.roles):
            if role not in groups:
                groups[role] = Group.objects.get_or_create(name=group_name(role))[0]
            rows.append(through(user_id=user.pk, group_id=groups[role].pk))
    through.objects.bulk_create(rows)


@transaction.atomic
def change_details(
    *,
    employee: Employee,
    by: User | None,
    full_name: str | None = None,
    email: str | None = None,
    external_id: str | None = None,
    zone: str | None = None,
    language: str | None = None,
) -> bool:
    """Change what is known of ``employee``; None leaves a thing as it is. Whether anything changed.

    Raises UnusableEmail, EmailTaken, PersonnelNumberTaken, UnknownZone, ProtectedAccount.
    """
    before = (employee.full_name, employee.external_id, employee.zone, employee.language)
    email_before = employee.user.email
    if full_name is not None:
        employee.full_name = tidy(full_name)
    if external_id is not None:
        employee.external_id = external_id or None
    if zone is not None:
        _refuse_unknown(zone)
        employee.zone = zone
    if language is not None:
        employee.language = language
    if email is not None:
        change_email(user=employee.user, email=email, by=by)
    after = (employee.full_name, employee.external_id, employee.zone, employee.language)
    if before == after and email_before == employee.user.email:
        return False
    others = Employee.objects.filter(external_id=employee.external_id).exclude(pk=employee.pk)
    if employee.external_id and others.exists():
        raise PersonnelNumberTaken(
            _("The personnel number %(number)s is another person's.")
            % {"number": employee.external_id}
        )
    employee.save(update_fields=["full_name", "external_id", "zone", "language"])
    if before[0] != after[0]:
        first, last = split_name(employee.full_name)
        User.objects.filter(pk=employee.user_id).update(
            first_name=first[:100], last_name=last[:100]
        )
    log(employee, "people.details", user=by)
    return True


@transaction.atomic
def correct_hiring_day(*, employee: Employee, hired_on: datetime.date, by: User | None) -> None:
    """The first day of ``employee`` was another one; the assignment that began with it moves along.

    Raises BeforeHiring if the person has left, or another assignment begins, before that day.
    """
    first = employee.assignments.filter(starts_on=employee.hired_on).first()
    others = employee.assignments.exclude(pk=first.pk if first else None)
    if others.filter(starts_on__lte=hired_on).exists() or (
        employee.left_on and employee.left_on < hired_on
    ):
        raise BeforeHiring(
            _("%(name)s has records from before that day.") % {"name": employee.full_name}
        )
    if first is not None:
        first.starts_on = hired_on
        first.save(update_fields=["starts_on"])
    employee.hired_on = hired_on
    employee.save(update_fields=["hired_on"])
    log(employee, "people.details", user=by)


@transaction.atomic
def assign(
    *,
    employee: Employee,
    team: Team,
    position: Position,
    starts_on: datetime.date,
    by: User | None,
) -> Assignment:
    """From ``starts_on`` on, ``employee`` works in ``team`` as ``position``, until their next assignment.

    A second call for the same day corrects it; what held before stays on record. Nothing is written if it
    already is so. Raises BeforeHiring.
    """
    if starts_on < employee.hired_on or (employee.left_on and starts_on > employee.left_on):
        raise BeforeHiring(
            _("%(name)s does not work here on that day.") % {"name": employee.full_name}
        )
    holding = employee.assignments.filter(starts_on__lte=starts_on).order_by("-starts_on").first()
    if holding and (holding.team_id, holding.position_id) == (team.pk, position.pk):
        return holding
    assignment, _created = Assignment.objects.update_or_create(
        employee=employee, starts_on=starts_on, defaults={"team": team, "position": position}
    )
    log(
        employee,
        "people.assign",
        user=by,
        data={"on": starts_on.isoformat(), "team": team.name, "position": position.name},
    )
    emit(
        PositionChanged(
            employee_id=employee.pk, team_id=team.pk, position_id=position.pk, starts_on=starts_on
        )
    )
    return assignment
