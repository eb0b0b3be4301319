"""Whom courses tells what: ready to show, signed, enrolled, waits for long. Each once, ids only."""

import datetime

from courses.models import Enrollment, PracticeRequest, SignOff
from notifications.services.notifying import notify, withdraw
from people.models import Assignment, Employee, Team

READY = "courses.ready"
SIGNED = "courses.signed"
ENROLLED = "courses.enrolled"
TRAINEE = "courses.trainee"
WAITS_LONG = "courses.waits_long"


def tell_ready(*, request: PracticeRequest, now: datetime.datetime) -> int:
    """The mentor: somebody is ready to show. Without a mentor, the leads."""
    trainee = request.item.enrollment.employee
    recipients = [trainee.mentor] if trainee.mentor_id else leads_of(trainee, now)
    return notify(
        event_key=f"{READY}:{request.pk}",
        kind=READY,
        params={"request": request.pk},
        recipients=recipients,
        about=f"courses.practice:{request.item_id}",
        now=now,
    )


def take_back_ready(*, request: PracticeRequest, now: datetime.datetime) -> None:
    """Nobody has to look any more."""
    for kind in (READY, WAITS_LONG):
        withdraw(event_key=f"{kind}:{request.pk}", now=now)


def tell_signed(*, sign_off: SignOff, now: datetime.datetime) -> int:
    """The trainee: somebody signed, at target or below."""
    return notify(
        event_key=f"{SIGNED}:{sign_off.pk}",
        kind=SIGNED,
        params={"sign_off": sign_off.pk},
        recipients=[sign_off.employee],
        now=now,
    )


def take_back_signed(*, sign_off: SignOff, now: datetime.datetime) -> None:
    """The signature was withdrawn: the message about it goes."""
    withdraw(event_key=f"{SIGNED}:{sign_off.pk}", now=now)


def tell_enrolled(*, enrollment: Enrollment, now: datetime.datetime) -> int:
    """The trainee that a plan begins, and their mentor that a trainee does."""
    told = notify(
        event_key=f"{ENROLLED}:{enrollment.pk}",
        kind=ENROLLED,
        params={"enrollment": enrollment.pk},
        recipients=[enrollment.employee],
        now=now,
    )
    mentor = enrollment.employee.mentor
    if mentor is not None:
        told += notify(
            event_key=f"{TRAINEE}:{enrollment.pk}",
            kind=TRAINEE,
            params={"enrollment": enrollment.pk},
            recipients=[mentor],
            now=now,
        )
    return told


def tell_of_long_wait(*, request: PracticeRequest, now: datetime.datetime) -> int:
    """The leads of the trainee, who may sign instead: somebody waits for days."""
    return notify(
        event_key=f"{WAITS_LONG}:{request.pk}",
        kind=WAITS_LONG,
        params={"request": request.pk},
        recipients=leads_of(request.item.enrollment.employee, now),
        now=now,
    )


def leads_of(employee: Employee, now: datetime.datetime) -> list[Employee]:
    """The lead of the team ``employee`` works in, or the next one above that has one who leads."""
    day = now.astimezone(employee.tz).date()
    place = (
        Assignment.objects.filter(employee=employee)
        .in_force_on(day)
        .values_list("team_id", flat=True)
        .first()
    )
    teams = {team.pk: team for team in Team.objects.select_related("lead__user")}
    team, seen = teams.get(place), set()
    while team is not None and team.pk not in seen:
        seen.add(team.pk)
        lead = team.lead
        if lead is not None and lead.pk != employee.pk and lead.works_on(day):
            return [lead]
        team = teams.get(team.parent_id)
    return []
