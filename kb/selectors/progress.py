"""How far people are with what changed, for those who follow it; and how much of what is published asks them."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kb.addressees import Addressee, joint_circles
from kb.choices import State
from kb.models import ArticleVersion, ChangeNotice
from people.models import Employee
from people.querysets import READ_EVERYBODY
from people.roles import Role
from people.viewer import Viewer

# A lead looks back so far on changes that all have confirmed.
FOLLOWED_FOR = datetime.timedelta(days=45)
SHARE_OF = datetime.timedelta(days=30)
MOST_CONFIRM_PERCENT = 5
FEW_PUBLICATIONS = 10


@dataclass(frozen=True)
class Progress:
    """How far people are with one change; ``named`` are those whose record its reader may read."""

    notice: ChangeNotice
    check_by: datetime.date | None
    asked: list[Addressee]
    named: frozenset[int]

    @property
    def done(self) -> int:
        """How many of them know it."""
        return sum(one.is_done for one in self.asked)

    @property
    def missing(self) -> list[Addressee]:
        """Those who must confirm and have not, by name; the earliest last day first."""
        rows = [one for one in self.asked if one.is_outstanding and one.employee.pk in self.named]
        return sorted(
            rows, key=lambda one: (one.check_by or datetime.date.max, one.employee.full_name)
        )

    @property
    def knowing(self) -> list[Addressee]:
        """Those who know it, by name; the latest first."""
        rows = [one for one in self.asked if one.is_done and one.employee.pk in self.named]
        return sorted(
            rows,
            key=lambda one: (
                -(one.confirmed_at.timestamp() if one.confirmed_at else 0),
                one.employee.full_name,
            ),
        )

    @property
    def left(self) -> int:
        """How many have not confirmed it."""
        return len(self.asked) - self.done


def progress_of(
    viewer: Viewer, at: datetime.datetime, *, notices: Collection[ChangeNotice] | None = None
) -> list[Progress]:
    """How far people are with each change, the most urgent first. Ten queries.

    A lead sees the people they lead, HR and the auditor everybody; whoever edits sees everybody's number and
    no names. Changes that all have confirmed stay for some weeks.
    """
    named = _named_to(viewer, at)
    counts_all = viewer.sees_everything or viewer.has_role(Role.HR)
    if not named and not counts_all:
        return []
    if notices is None:
        notices = list(changes_under_way(viewer, at))
    notices = list({one.group: one for one in notices}.values())
    circles = joint_circles(notices, at)
    found = [
        Progress(
            notice,
            circles[notice.pk].check_by,
            [one for one in circles[notice.pk].asked if counts_all or one.employee.pk in named],
            named,
        )
        for notice in notices
    ]
    return sorted(
        (one for one in found if one.asked),
        key=lambda one: (
            not one.left,
            one.check_by or datetime.date.max,
            -one.notice.announced_at.timestamp(),
        ),
    )


def changes_under_way(viewer: Viewer, at: datetime.datetime) -> QuerySet[ChangeNotice]:
    """The changes of the last weeks that ask people to confirm, as far as ``viewer`` may know of them, newest first."""
    standing = ChangeNotice.objects.visible_to(viewer, at).standing().asking().not_followed()
    if not viewer.edits_knowledge and not viewer.led_team_ids:
        standing = standing.exclude(version__state__state=State.ANNOUNCED)
    recent = standing.filter(announced_at__gt=at - FOLLOWED_FOR)
    return recent.select_related("version", "package").order_by("-announced_at", "-pk")


def may_follow(viewer: Viewer, notice: ChangeNotice, at: datetime.datetime) -> bool:
    """Whether ``viewer`` may see who has confirmed: whoever edits or audits, and leads of those it asks."""
    if viewer.sees_everything:
        return True
    follows = viewer.has_role(Role.HR) or bool(viewer.led_team_ids)
    return follows and bool(progress_of(viewer, at, notices=[notice]))


def _named_to(viewer: Viewer, at: datetime.datetime) -> frozenset[int]:
    """Whose record ``viewer`` may read beside their own, as those who follow a change. One query."""
    if not (viewer.is_superuser or viewer.has_role(*READ_EVERYBODY) or viewer.led_team_ids):
        return frozenset()
    people = Employee.objects.visible_to(viewer, at).exclude(pk=viewer.employee_id)
    return frozenset(people.values_list("pk", flat=True))


@dataclass(frozen=True)
class Share:
    """How many of the publications of a month must be confirmed."""

    to_confirm: int
    published: int

    @property
    def percent(self) -> int:
        """In a hundred; none while there are too few to speak of."""
        if self.published < FEW_PUBLICATIONS:
            return 0
        return round(100 * self.to_confirm / self.published)

    def words(self) -> str:
        """The pointer, with its figures."""
        return _(
            "In 30 days %(part)s of %(all)s publications were to be confirmed (%(percent)s %%). "
            "Above %(most)s %% people stop reading them."
        ) % {
            "part": self.to_confirm,
            "all": self.published,
            "percent": self.percent,
            "most": MOST_CONFIRM_PERCENT,
        }


def share_to_confirm(at: datetime.datetime) -> Share:
    """The share of the last 30 days, first versions left out. Two queries."""
    since = at - SHARE_OF
    published = ArticleVersion.objects.filter(announced_at__gt=since, seq__gt=1)
    asking = ChangeNotice.objects.asking().filter(announced_at__gt=since, withdrawn_at=None)
    return Share(asking.filter(number__gt=1).count(), published.count())
