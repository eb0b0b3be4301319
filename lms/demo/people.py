"""The demo company's teams and people, written in one transaction."""

import datetime
import random
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from lms.demo import cast
from lms.demo.calendar import working_days_before
from people.models import Assignment, Employee, Leave, Position, Shift, Team, User
from people.roles import Role, group_name

# Leads of the other lines, then how many more people of which position a team has for every 60.
LEADS = {
    cast.LINE_TWO: "Тимур Садыков",
    cast.CORPORATE: "Юлия Орлова",
    cast.KNOWLEDGE: "Ирина Соболева",
}
SHAPE = (
    (cast.LINE_ONE, cast.OPERATOR, (Role.OPERATOR,), 16),
    (cast.LINE_ONE, cast.SENIOR, (Role.OPERATOR, Role.MENTOR), 2),
    (cast.LINE_TWO, cast.ENGINEER, (Role.OPERATOR,), 10),
    (cast.LINE_TWO, cast.SENIOR, (Role.OPERATOR, Role.MENTOR), 2),
    (cast.CORPORATE, cast.MANAGER, (Role.OPERATOR,), 11),
    (cast.CORPORATE, cast.SENIOR, (Role.OPERATOR, Role.MENTOR), 2),
    (cast.KNOWLEDGE, cast.REVIEWER_POSITION, (Role.REVIEWER,), 2),
)
MEN = "Алексей Борис Вадим Глеб Григорий Евгений Иван Кирилл Марат Матвей Никита Роман Степан Фёдор".split()
WOMEN = (
    "Алина Вера Дарья Жанна Зоя Инна Ксения Лидия Майя Надежда Полина Рената Софья Эльвира".split()
)
SURNAMES = (
    "Абрамов Баранов Волков Гусев Дёмин Ершов Журавлёв Зайцев Игнатов Калинин Лапин Макаров Назаров "
    "Осипов Панов Родионов Сабиров Тихонов Устинов Филатов Хасанов Цветков Чернов Шубин Щукин Яковлев"
).split()


@dataclass(frozen=True)
class _Person:
    login: str
    full_name: str
    roles: tuple[str, ...]
    team: str
    position: str
    hired_on: datetime.date


def seed_people(
    *, today: datetime.date, count: int, seed: int, password: str
) -> dict[str, Employee]:
    """Write teams, positions and ``count`` people; the cast by handle comes back.

    Dates count back from ``today``, so that the newcomer is always on the sixth working day.
    """
    people = _draw(today=today, count=count, seed=seed)
    teams = _teams()
    positions = {
        name: Position.objects.create(name=name) for name in sorted({p.position for p in people})
    }
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(
            email=f"{person.login}@{cast.DOMAIN}",
            email_key=User.key_of(f"{person.login}@{cast.DOMAIN}"),
            password=hashed,
            first_name=person.full_name.split()[0],
            last_name=person.full_name.split()[1],
        )
        for person in people
    )
    employees = Employee.objects.bulk_create(
        Employee(
            user=user,
            full_name=person.full_name,
            hired_on=person.hired_on,
            external_id=f"{number:04d}",
        )
        for number, (user, person) in enumerate(zip(users, people, strict=True), start=1)
    )
    Assignment.objects.bulk_create(
        Assignment(
            employee=employee,
            team=teams[person.team],
            position=positions[person.position],
            starts_on=person.hired_on,
        )
        for employee, person in zip(employees, people, strict=True)
    )
    groups = {role: Group.objects.get(name=group_name(role)) for role in Role.values}
    memberships = User.groups.through
    memberships.objects.bulk_create(
        memberships(user_id=user.pk, group_id=groups[role].pk)
        for user, person in zip(users, people, strict=True)
        for role in person.roles
    )
    by_name = {employee.full_name: employee for employee in employees}
    _appoint(teams, by_name)
    _absences_and_shifts(today=today, people=people, employees=employees, seed=seed)
    return {member.handle: by_name[member.full_name] for member in cast.CAST}


def _teams() -> dict[str, Team]:
    top = Team.objects.create(name=cast.TOP_TEAM)
    below = (cast.LINE_ONE, cast.LINE_TWO, cast.CORPORATE, cast.KNOWLEDGE)
    return {top.name: top} | {name: Team.objects.create(name=name, parent=top) for name in below}


def _draw(*, today: datetime.date, count: int, seed: int) -> list[_Person]:
    rng = random.Random(seed)
    people = [
        _Person(
            member.login,
            member.full_name,
            member.roles,
            member.team,
            member.position,
            working_days_before(today, member.working_days_here - 1),
        )
        for member in cast.CAST
    ]
    for number, (team, name) in enumerate(LEADS.items(), start=2):
        hired_on = working_days_before(today, 700 + 90 * number)
        people.append(
            _Person(f"lead{number}", name, (Role.LEAD,), team, cast.LEAD_POSITION, hired_on)
        )
    taken = {person.full_name for person in people}
    places = [(team, position, roles) for team, position, roles, n in SHAPE for _ in range(n)]
    number = 0
    while len(people) < count:
        team, position, roles = places[number % len(places)]
        number += 1
        name = _name(rng, taken)
        hired_on = working_days_before(today, rng.randrange(30, 1400))
        people.append(_Person(f"person{number}", name, roles, team, position, hired_on))
    return people[:count]


def _name(rng: random.Random, taken: set[str]) -> str:
    while True:
        surname = rng.choice(SURNAMES)
        name = (
            f"{rng.choice(WOMEN)} {surname}а"
            if rng.random() < 0.55
            else f"{rng.choice(MEN)} {surname}"
        )
        if name in taken and len(taken) > len(SURNAMES) * len(MEN):
            name = f"{name}-{len(taken)}"
        if name not in taken:
            taken.add(name)
            return name


def _appoint(teams: dict[str, Team], by_name: dict[str, Employee]) -> None:
    leads = LEADS | {cast.TOP_TEAM: "Марина Белова", cast.LINE_ONE: "Сергей Логинов"}
    for team, name in leads.items():
        if name in by_name:
            teams[team].lead = by_name[name]
            teams[team].save(update_fields=["lead"])
    newcomer = by_name["Денис Мухин"]
    newcomer.mentor = by_name["Ольга Рябова"]
    newcomer.save(update_fields=["mentor"])


def _absences_and_shifts(*, today, people, employees, seed: int) -> None:
    """Some people are away; line one works in shifts, two days on and two off."""
    rng = random.Random(seed + 1)
    cast_size = len(cast.CAST)
    away = rng.sample(employees[cast_size:], k=min(6, len(employees) - cast_size))
    Leave.objects.bulk_create(
        Leave(
            employee=employee,
            starts_on=(start := today + datetime.timedelta(days=offset)),
            ends_on=start + datetime.timedelta(days=13),
        )
        for employee, offset in zip(away, (-9, -4, -2, 3, 10, 20), strict=False)
    )
    shifts = []
    for number, (employee, person) in enumerate(zip(employees, people, strict=True)):
        if person.team != cast.LINE_ONE or person.position != cast.OPERATOR or number < cast_size:
            continue
        start_hour = 9 if number % 2 else 12
        for day in range(-2, 14):
            if (day + number) % 4 < 2:
                begins = timezone.make_aware(
                    datetime.datetime.combine(
                        today + datetime.timedelta(days=day), datetime.time(start_hour)
                    )
                )
                shifts.append(
                    Shift(
                        employee=employee,
                        starts_at=begins,
                        ends_at=begins + datetime.timedelta(hours=9),
                    )
                )
    Shift.objects.bulk_create(shifts)
