"""Campaigns as those who lead see them: the list, and the board of one."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from certification.duties import DutyReading, read_duties, with_papers
from certification.models import Campaign, DutyPaper, RecertificationDuty
from certification.rules.duties import Standing
from competence.loading import local_day
from people.viewer import Viewer


@dataclass(frozen=True)
class LineStanding:
    """One line of a campaign: how many people stand where."""

    name: str
    people: int
    counts: Sequence[int]


@dataclass(frozen=True)
class Board:
    """How the people of a campaign stand whom the viewer may see, the worst first."""

    campaign: Campaign
    lines: Sequence[LineStanding]
    total: LineStanding
    readings: Sequence[DutyReading]

    def of(self, standing: Standing) -> list[DutyReading]:
        """Those who stand there."""
        return [one for one in self.readings if one.standing is standing]


def campaigns_of(viewer: Viewer, at: datetime.datetime) -> QuerySet[Campaign]:
    """The campaigns with people whom ``viewer`` may see, each with how many ``people``, the latest first. One query."""
    seen = RecertificationDuty.objects.visible_to(viewer, at).values("pk")
    people = Count("duties", filter=Q(duties__in=seen))
    return Campaign.objects.visible_to(viewer, at).annotate(people=people)


def campaign_of(viewer: Viewer, campaign_id: int, at: datetime.datetime) -> Campaign | None:
    """A campaign that ``viewer`` may see; None for any other. One query."""
    rows = Campaign.objects.visible_to(viewer, at).select_related("opened_by", "cancelled_by")
    return rows.filter(pk=campaign_id).first()


def paper_to_move(viewer: Viewer, paper_id: int, at: datetime.datetime) -> DutyPaper | None:
    """A paper of somebody whose record ``viewer`` may read; None for any other. One query."""
    rows = DutyPaper.objects.visible_to(viewer, at)
    return rows.select_related("duty__campaign", "duty__employee").filter(pk=paper_id).first()


def board_of(campaign: Campaign, viewer: Viewer, at: datetime.datetime) -> Board:
    """The board of ``campaign``. Seven queries, however many people.

    One that was called off is shown as it stands: what was passed by then, and since. Who left without passing has
    nothing to pass any more.
    """
    duties = RecertificationDuty.objects.filter(campaign=campaign).visible_to(viewer, at)
    readings = [
        one
        for one in read_duties(with_papers(duties.order_by("employee__full_name")), at)
        if one.standing is Standing.PASSED or not _has_left(one, at)
    ]
    by_line: dict[str, Counter] = {}
    for one in readings:
        by_line.setdefault(one.duty.team.name, Counter())[one.standing] += 1
    everybody = sum(by_line.values(), Counter())
    order = list(Standing)
    return Board(
        campaign,
        [_line(name, by_line[name]) for name in sorted(by_line)],
        _line("", everybody),
        sorted(readings, key=lambda one: (order.index(one.standing), one.papers[0].paper.day)),
    )


def _has_left(one: DutyReading, at: datetime.datetime) -> bool:
    employee = one.duty.employee
    return employee.left_on is not None and employee.left_on < local_day(at, employee.tz)


def _line(name: str, counts: Counter) -> LineStanding:
    return LineStanding(name, counts.total(), [counts[standing] for standing in Standing])
