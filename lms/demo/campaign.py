"""The demo's campaign: in the window that runs now some passed on their day, most wait for theirs, two are late."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection

from certification.models import Campaign, DutyPaper, RecertificationDuty
from certification.planning import RISKS
from certification.rules.campaigns import Placed, Round
from certification.rules.cutting import Due, cut
from certification.services.campaigns import call, open_campaign
from competence.choices import EventType
from competence.models import CompetenceEvent, RecertificationWindow
from lms.demo.calendar import working_days_before
from people.models import Assignment, Employee, Team

KEY = uuid.UUID("3f0c6a52-6a0e-4a59-9f0e-6d4f1a0a7c11")
OPENED_BEFORE = datetime.timedelta(days=14)
LATE_BY = (3, 1)


def seed_campaign(
    *, cast: dict[str, Employee], today: datetime.date, now: datetime.datetime
) -> Campaign:
    """Call everybody who is due. Raises NobodyDue where nobody is."""
    window = RecertificationWindow.objects.get(starts_on__lte=today, ends_on__gte=today)
    teams = list(Team.objects.all())
    campaign = open_campaign(
        window=window, teams=teams, percent=10, key=KEY, by=cast["hr"].user, now=now, today=today
    )
    _mark_late(today, besides=cast.values())
    call(campaign=campaign, rounds=_passed(window))
    opened = now - (today - window.starts_on) - OPENED_BEFORE
    Campaign.objects.filter(pk=campaign.pk).update(opened_at=opened)
    return campaign


def _mark_late(today: datetime.date, *, besides: Collection[Employee]) -> None:
    """The days of a few were before today."""
    papers = DutyPaper.objects.exclude(duty__employee__in=besides).order_by("pk")
    for paper, days in zip(papers, LATE_BY, strict=False):
        paper.day = working_days_before(today, days)
        paper.save()


def _passed(window: RecertificationWindow) -> list[Round]:
    """Whoever passed since the window began and has nothing left: called to what they passed, on that day."""
    events = (
        CompetenceEvent.objects.standing()
        .filter(type=EventType.QUIZ, passed=True, on__gte=window.starts_on)
        .exclude(employee__in=RecertificationDuty.objects.values("employee"))
        .select_related("competence")
    )
    passed: dict[int, dict[int, CompetenceEvent]] = defaultdict(dict)
    for event in events.order_by("on", "seq"):
        passed[event.employee_id][event.competence_id] = event
    lines = dict(Assignment.objects.in_force_on(window.starts_on).values_list("employee", "team"))
    return [
        Round(person, lines[person], _papers(own.values(), window.ends_on))
        for person, own in sorted(passed.items())
        if person in lines
    ]


def _papers(events: Collection[CompetenceEvent], ends_on: datetime.date) -> tuple[Placed, ...]:
    day = min(event.on for event in events)
    due = [
        Due(
            competence=event.competence_id,
            level=event.level,
            risk=RISKS[event.competence.risk],
            on=ends_on,
        )
        for event in events
    ]
    return tuple(Placed(paper, day) for paper in cut(due))
