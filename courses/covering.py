"""Who is missed at the phones while a session runs."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings

from courses.models import Invitation, TheorySession
from courses.rule.cover import Clash, clashes
from people.models import Assignment, Employee
from people.selectors import working_times


@dataclass(frozen=True)
class Cover:
    """``line_people`` are those on shift then, by the name of their team; ``off`` those invited who are not."""

    clashes: list[Clash]
    line_people: dict[str, set[int]] = field(default_factory=dict)
    off: frozenset[int] = frozenset()


def cover_of(session: TheorySession) -> Cover:
    """What the lines lose while ``session`` runs, with everybody who sits in another one then. Six queries."""
    start, end = session.starts_at, session.ends_at
    together = TheorySession.objects.planned().meeting(start, end)
    away = set(
        Invitation.objects.coming()
        .filter(session__in=together)
        .values_list("employee_id", flat=True)
    )
    own = set(session.invitations.coming().values_list("employee_id", flat=True))
    if not own:
        return Cover([])
    day = start.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    lines = Assignment.objects.in_force_on(day).filter(employee__in=own).values("team")
    places = dict(
        Assignment.objects.in_force_on(day)
        .filter(team__in=lines)
        .values_list("employee_id", "team__name")
    )
    people = list(Employee.objects.working_on(day).filter(pk__in=places.keys() | own))
    working = _at_work(people, start, end)
    line_people: dict[str, set[int]] = defaultdict(set)
    for pk in working & places.keys():
        line_people[places[pk]].add(pk)
    found = clashes(line_people, away=away, most=settings.SESSIONS_MOST_AWAY)
    return Cover(found, dict(line_people), frozenset(own - working))


def _at_work(people: list[Employee], start: datetime.datetime, end: datetime.datetime) -> set[int]:
    """Those who have a shift in common with ``start`` to ``end``."""
    if not people:
        return set()
    times = working_times(people, since=start, until=end)
    return {pk for pk, time in times.items() if time.hours_between(start, end) > 0}
