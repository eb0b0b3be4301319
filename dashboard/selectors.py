"""What the home pages show. Every list of articles goes through ``visible_to``; queries do not grow with rows."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page, Site, WorkflowState

from dashboard.workday import Workday, default_shift, workday
from kb.models import ArticlePage, SectionPage
from people.models import Assignment, Employee, Leave, Shift
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


def recently_changed(viewer: Viewer, at: datetime.datetime) -> list[Change]:
    """The articles the viewer may read whose text changed last, newest first. One query."""
    articles = ArticlePage.objects.visible_to(viewer, at).newest_first().defer("body")[:RECENT]
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
    in_tops = (
        ArticlePage.objects.visible_to(viewer, at)
        .descendant_of(site.root_page)
        .order_by()
        .annotate(top=Substr("path", 1, width))
        .values_list("top", flat=True)
    )
    counts = Counter(in_tops)
    tops = SectionPage.objects.filter(live=True).child_of(site.root_page)
    if not viewer.edits_knowledge:
        tops = tops.filter(path__in=list(counts))
    found = [SectionCount(section, counts[section.path]) for section in tops]
    return sorted(found, key=lambda item: (-item.articles, item.section.title))[:SECTIONS]


def day_of(viewer: Viewer, now: datetime.datetime) -> tuple[str, Workday | None]:
    """The viewer's team today and where they stand in their shift. At most four queries."""
    if viewer.employee_id is None:
        return "", None
    local = now.astimezone(viewer.tz)
    today = local.date()
    team = (
        Assignment.objects.filter(employee_id=viewer.employee_id)
        .in_force_on(today)
        .values_list("team__name", flat=True)
        .first()
    )
    away_until = (
        Leave.objects.filter(employee_id=viewer.employee_id)
        .covering(today)
        .values_list("ends_on", flat=True)
        .first()
    )
    own = Shift.objects.filter(employee_id=viewer.employee_id)
    midnight = datetime.datetime.combine(today, datetime.time.min, viewer.tz)
    shifts = [
        (start.astimezone(viewer.tz), end.astimezone(viewer.tz))
        for start, end in own.filter(
            starts_at__lt=midnight + datetime.timedelta(days=1), ends_at__gt=midnight
        ).values_list("starts_at", "ends_at")
    ]
    if not shifts and not own.exists():
        usual = default_shift(local)
        shifts = [usual] if usual else []
    return team or "", workday(local, shifts, away_until)


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
        .filter(Q(latest_revision__user_id=viewer.user_id) | Q(owner_id=viewer.user_id, latest_revision=None))
        .exclude(pk__in=[item.article.pk for item in waiting])
        .order_by("-latest_revision_created_at")
        .defer("body")[:WAITING]
    )


def gaps(viewer: Viewer, at: datetime.datetime) -> Gaps:
    """What the keepers of the house have to do. Five queries."""
    today = at.astimezone(viewer.tz).date()
    working = Employee.objects.working_on(today)
    in_force = ArticlePage.objects.in_force(at)
    return Gaps(
        sections=SectionPage.objects.filter(live=True).count(),
        articles=in_force.count(),
        employees=working.count(),
        without_owner=in_force.filter(content_owner__isnull=True).count(),
        without_team=working.with_assignment_on(today).filter(team_id_then__isnull=True).count(),
    )
