"""What the home pages show. Every list of articles goes through ``visible_to``; queries do not grow with rows."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page, Site, WorkflowState

from dashboard.workday import Workday, workday
from kb.models import ArticlePage, SectionPage
from people.models import Employee
from people.selectors import assignment_on, working_time_of
from people.viewer import Viewer

RECENT = 8
SECTIONS = 12
WAITING = 6
NEW_FOR = datetime.timedelta(days=14)
STEP = SectionPage.steplen


@dataclass(frozen=True)
class Change:
    """An article whose text changed; ``is_new`` while its first version is young."""

    article: ArticlePage
    is_new: bool


@dataclass(frozen=True)
class SectionCount:
    """A section and how many of its articles, at any depth, the viewer may read."""

    section: SectionPage
    articles: int


@dataclass(frozen=True)
class Waiting:
    """An article that waits for somebody's approval."""

    article: ArticlePage
    sent_by: str
    sent_at: datetime.datetime
    is_own: bool


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


def recently_changed(
    viewer: Viewer, at: datetime.datetime, *, preferring: str = ""
) -> list[Change]:
    """The articles the viewer may read whose text changed last, newest first. Two queries.

    With ``preferring``, those in that language go first.

    Keys are sorted first, rows fetched then: sorting twelve thousand whole articles takes three times as long.
    """
    newest = list(
        ArticlePage.objects.visible_to(viewer, at)
        .newest_first(preferring=preferring)
        .values_list("pk", flat=True)[:RECENT]
    )
    found = ArticlePage.objects.visible_to(viewer, at).defer("body").in_bulk(newest)
    articles = [found[pk] for pk in newest if pk in found]
    return [
        Change(
            article=article,
            is_new=article.version == 1
            and article.last_published_at is not None
            and at - article.last_published_at < NEW_FOR,
        )
        for article in articles
    ]


def sections_to_browse(viewer: Viewer, at: datetime.datetime, site: Site) -> list[SectionCount]:
    """The sections below the root with what is in them for the viewer, fullest first. Two queries."""
    width = len(site.root_page.path) + STEP
    counts = dict(
        ArticlePage.objects.visible_to(viewer, at)
        .descendant_of(site.root_page)
        .order_by()
        .values_list(Substr("path", 1, width))
        .annotate(Count("pk"))
    )
    tops = SectionPage.objects.filter(live=True).child_of(site.root_page)
    if not viewer.edits_knowledge:
        tops = tops.filter(path__in=list(counts))
    found = [SectionCount(section, counts.get(section.path, 0)) for section in tops]
    return sorted(found, key=lambda item: (-item.articles, item.section.title))[:SECTIONS]


def day_of(viewer: Viewer, now: datetime.datetime) -> tuple[str, Workday | None]:
    """The viewer's team today and where they stand in their shift. Five queries; none for a superuser."""
    employee = viewer.employee_id and Employee.objects.filter(pk=viewer.employee_id).first()
    if not employee:
        return "", None
    assignment = assignment_on(employee, now.astimezone(viewer.tz).date())
    time = working_time_of(employee, since=now, until=now)
    return assignment.team.name if assignment else "", workday(time, now)


def waiting_for_approval(viewer: Viewer) -> list[Waiting]:
    """Articles somebody has sent for approval, oldest first. Two queries."""
    states = list(
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=ContentType.objects.get_for_model(Page),
        )
        .select_related("requested_by")
        .order_by("created_at")[:WAITING]
    )
    articles = ArticlePage.objects.defer("body").in_bulk([int(state.object_id) for state in states])
    return [
        Waiting(
            article=articles[int(state.object_id)],
            sent_by=state.requested_by.get_full_name() if state.requested_by else "",
            sent_at=state.created_at,
            is_own=state.requested_by_id == viewer.user_id,
        )
        for state in states
        if int(state.object_id) in articles
    ]


def own_drafts(viewer: Viewer, waiting: list[Waiting]) -> QuerySet[ArticlePage]:
    """Articles the viewer has changed last and not sent for approval yet, newest first. One query."""
    return (
        ArticlePage.objects.filter(has_unpublished_changes=True, archived_at__isnull=True)
        .filter(
            Q(latest_revision__user_id=viewer.user_id)
            | Q(owner_id=viewer.user_id, latest_revision=None)
        )
        .exclude(pk__in=[item.article.pk for item in waiting])
        .order_by("-latest_revision_created_at")
        .defer("body")[:WAITING]
    )


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
