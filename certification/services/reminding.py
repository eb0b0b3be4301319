"""Reminding whoever is called as their day comes, while they are at work; nobody after it, and of nothing passed."""

import datetime

from certification.duties import opened_on, read_duties, with_papers
from certification.models import DutyPaper, RecertificationDuty
from certification.rules.duties import REMINDED_BEFORE, reminder_on
from certification.services.telling import remind_of_round, reminder_key
from competence.loading import local_day
from notifications.models import Notification
from people.models import Employee
from people.selectors import on_shift_at

DAY = datetime.timedelta(days=1)


def remind_of_rounds(*, now: datetime.datetime) -> int:
    """Tell everybody at work whose day of a paper is 14 days ahead, 3, or today. How many were told now.

    Safe to repeat, and safe to miss: after a pause each hears the last reminder whose time has come, not all of
    them, and whose day is over hears nothing.
    """
    near = DutyPaper.objects.standing().filter(
        day__gte=now.date() - DAY, day__lte=now.date() + (max(REMINDED_BEFORE) + 1) * DAY
    )
    duties = RecertificationDuty.objects.filter(pk__in=near.values("duty"))
    readings = read_duties(with_papers(duties), now)
    due = [
        (paper.paper, one.duty, before)
        for one in readings
        for paper in one.papers
        if paper.is_open
        and not paper.is_assessed
        and (before := _turn(paper.paper, one.duty, now)) is not None
    ]
    keys = [reminder_key(paper, before) for paper, _duty, before in due]
    told = set(Notification.objects.filter(event_key__in=keys).values_list("event_key", flat=True))
    due = [row for row, key in zip(due, keys, strict=True) if key not in told]
    if not due:
        return 0
    among = Employee.objects.filter(pk__in={duty.employee_id for _paper, duty, _before in due})
    at_work = {one.pk: one for one in on_shift_at(now, among=among)}
    count = 0
    for paper, duty, before in due:
        if duty.employee_id in at_work:
            paper.duty = duty
            count += remind_of_round(
                paper=paper, employee=at_work[duty.employee_id], before=before, now=now
            )
    return count


def _turn(paper: DutyPaper, duty: RecertificationDuty, now: datetime.datetime) -> int | None:
    today = local_day(now, duty.employee.tz)
    return reminder_on(today, day=paper.day, opened_on=opened_on(duty))
