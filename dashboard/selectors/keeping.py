"""What keeps the house from being in order: for the administrator and HR."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from kb.models import ArticlePage, SectionPage
from people.models import Employee
from people.viewer import Viewer


@dataclass(frozen=True)
class Gaps:
    """What keeps the house from being in order, as counts; ``first_steps`` while there is nothing yet."""

    sections: int
    articles: int
    employees: int
    without_owner: int
    without_team: int

    @property
    def first_steps(self) -> bool:
        """The database holds no articles or nobody but the administrator yet."""
        return not self.articles or not self.employees

    @property
    def any(self) -> bool:
        """Something needs doing."""
        return bool(self.first_steps or self.without_owner or self.without_team)


def gaps(viewer: Viewer, at: datetime.datetime) -> Gaps:
    """What the keepers of the house have to do. Four queries."""
    today = at.astimezone(viewer.tz).date()
    working = Employee.objects.working_on(today)
    articles = ArticlePage.objects.in_force(at).aggregate(
        all=Count("pk"), without_owner=Count("pk", filter=Q(content_owner__isnull=True))
    )
    return Gaps(
        sections=SectionPage.objects.filter(live=True).count(),
        articles=articles["all"],
        employees=working.count(),
        without_owner=articles["without_owner"],
        without_team=working.with_assignment_on(today).filter(team_id_then__isnull=True).count(),
    )
