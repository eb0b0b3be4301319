"""Changes as people meet them: what one must read and confirm, how far one's people are, one notice in full."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.addressees import (
    Addressee,
    admitted_to,
    circles_of,
    joint_circles,
    minutes_for,
    place_of,
    taught_to,
    together,
)
from kb.announcing import NEEDS_A_QUESTION
from kb.choices import Audience, State
from kb.differences import Shown, compare, unmarked
from kb.extensions import Asked
from kb.interruptions import cannot_wait
from kb.models import Acknowledgement, ArticlePage, ArticleVersion, ChangeNotice, VersionState
from kb.paragraphs import paragraphs_of
from kb.services.confirming import questions_of
from kb.services.interrupting import TOLD_FOR, away_at, times_of, told_of
from people.models import Employee
from people.querysets import READ_EVERYBODY
from people.roles import Role
from people.viewer import Viewer

NEWS_FOR = datetime.timedelta(days=60)
NEWS = 20
# A lead looks back so far on changes that all have confirmed.
FOLLOWED_FOR = datetime.timedelta(days=45)
SHARE_OF = datetime.timedelta(days=30)
MOST_CONFIRM_PERCENT = 5
FEW_PUBLICATIONS = 10


@dataclass(frozen=True)
class Duty:
    """A change that one must confirm; ``check_by`` is None where the rule sets no day."""

    notice: ChangeNotice
    addressee: Addressee

    @property
    def check_by(self) -> datetime.date | None:
        """The last day."""
        return self.addressee.check_by

    @property
    def is_limited(self) -> bool:
        """Whether it waits its turn: of normal risk."""
        return not any(cell.competence.risk in NEEDS_A_QUESTION for cell in self.addressee.cells)

    def is_late(self, day: datetime.date) -> bool:
        """Whether the last day is over."""
        return self.check_by is not None and self.check_by < day


@dataclass(frozen=True)
class Turns:
    """What somebody must confirm: ``come`` has been brought to them, ``held`` waits for their next shift."""

    come: list[Duty]
    held: list[Duty]


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


@dataclass(frozen=True)
class Part:
    """One article of a package, with its text."""

    notice: ChangeNotice
    article: ArticlePage | None
    text: list[Shown]


@dataclass(frozen=True)
class NoticeReading:
    """One notice in full, for one reader."""

    notice: ChangeNotice
    article: ArticlePage | None
    addressee: Addressee | None
    acknowledgement: Acknowledgement | None
    asked: Asked
    text: list[Shown]
    is_ahead: bool
    parts: list[Part]

    @property
    def must_answer(self) -> bool:
        """Whether this reader has something to do here."""
        return (
            self.addressee is not None
            and self.addressee.must_confirm
            and self.acknowledgement is None
            and self.notice.withdrawn_at is None
        )

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes_for(len(self.asked.questions))


def outstanding_for(employee: Employee, at: datetime.datetime) -> list[Duty]:
    """What ``employee`` must still confirm, the earliest last day first. Seven queries; one for nothing."""
    notices = list(_unconfirmed(employee.pk).filter(article_uuid__in=taught_to(employee.pk, at)))
    circles = circles_of(notices, at, employee_id=employee.pk)
    found = []
    for notice in notices:
        addressee = circles[notice.pk].people.get(employee.pk)
        if addressee is not None and addressee.is_outstanding:
            found.append(Duty(notice, addressee))
    found.sort(key=lambda one: (one.check_by or datetime.date.max, one.notice.announced_at))
    return _once_each(found)


def _once_each(duties: Iterable[Duty]) -> list[Duty]:
    """``duties`` in their order, of each package the first alone: it is read and confirmed as one."""
    first: dict[str, Duty] = {}
    for one in duties:
        first.setdefault(one.notice.group, one)
    return list(first.values())


def in_turn(duties: Collection[Duty], employee: Employee, at: datetime.datetime) -> Turns:
    """Which of ``duties`` have come, and which are held over until they may interrupt. Five queries at most.

    Held over is what the limits kept from being told: never a high risk, nor what cannot wait for another shift
    (told or not: so it is there in time if the clock stands still), what was missed on leave, or what nobody
    tells any more.
    """
    waiting = [
        one.notice for one in duties if one.is_limited and one.notice.announced_at > at - TOLD_FOR
    ]
    waits = {notice.pk for notice in waiting}
    if waits:
        reached = told_of(waiting, [employee.pk]) | away_at(waiting, [employee.pk])
        waits -= {notice for notice, _pk in reached}
    if waits:
        time = times_of([employee], at)[employee.pk]
        waits -= {one.notice.pk for one in duties if cannot_wait(one.check_by, time=time, now=at)}
    return Turns(
        come=[one for one in duties if one.notice.pk not in waits],
        held=[one for one in duties if one.notice.pk in waits],
    )


def outstanding_in(article: ArticlePage, viewer: Viewer, at: datetime.datetime) -> Duty | None:
    """What the viewer must still confirm of one article they read. One query for nothing, else three at most."""
    if viewer.employee_id is None:
        return None
    notice = _unconfirmed(viewer.employee_id).filter(article_uuid=article.uuid).first()
    if notice is None:
        return None
    if article.audience == Audience.TEAMS:
        # Who keeps the base reads it without belonging to its audience.
        admitted = admitted_to({article.uuid}, timezone.localdate(at))
        if not admitted(article.uuid, viewer.employee_id):
            return None
    addressee = place_of(notice, viewer.employee_id, at)
    if addressee is None or not addressee.is_outstanding:
        return None
    return Duty(notice, addressee)


def _unconfirmed(employee_id: int) -> QuerySet[ChangeNotice]:
    confirmed = Acknowledgement.objects.filter(employee=employee_id, version=OuterRef("version"))
    asking = ChangeNotice.objects.standing().asking().not_followed()
    return asking.filter(~Exists(confirmed)).select_related("version", "package")


def news_for(viewer: Viewer, at: datetime.datetime) -> list[ChangeNotice]:
    """The changes of the last weeks that concern the viewer's record, newest first. One query."""
    if viewer.employee_id is None:
        return []
    notices = (
        ChangeNotice.objects.visible_to(viewer, at)
        .standing()
        .telling()
        .filter(article_uuid__in=taught_to(viewer.employee_id, at, held_too=True))
        .filter(announced_at__gt=at - NEWS_FOR)
    )
    newest = notices.select_related("version", "package").order_by("-announced_at", "-pk")[:NEWS]
    return list({one.group: one for one in reversed(newest)}.values())[::-1]


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


def _named_to(viewer: Viewer, at: datetime.datetime) -> frozenset[int]:
    """Whose record ``viewer`` may read beside their own, as those who follow a change. One query."""
    if not (viewer.is_superuser or viewer.has_role(*READ_EVERYBODY) or viewer.led_team_ids):
        return frozenset()
    people = Employee.objects.visible_to(viewer, at).exclude(pk=viewer.employee_id)
    return frozenset(people.values_list("pk", flat=True))


def read_notice(viewer: Viewer, notice_id: int, at: datetime.datetime) -> NoticeReading | None:
    """A notice with the text it is about, if ``viewer`` may read it.

    Of a version that still waits only its addressees know, who edits, and who leads them.
    """
    notice = (
        ChangeNotice.objects.visible_to(viewer, at)
        .select_related("version__state", "withdrawn_by", "package")
        .filter(pk=notice_id)
        .first()
    )
    if notice is None or not notice.tells:
        return None
    employee = Employee.objects.filter(pk=viewer.employee_id).first()
    addressee = None
    if employee is not None:
        circle = joint_circles([notice], at, employee_id=employee.pk)[notice.pk]
        addressee = circle.people.get(employee.pk)
    is_ahead = notice.version.state.state == State.ANNOUNCED
    if is_ahead and addressee is None and not _may_know_ahead(viewer, notice, at):
        return None
    asked = Asked()
    acknowledgement = None
    if employee is not None:
        acknowledgement = Acknowledgement.objects.filter(
            version=notice.version_id, employee=employee
        ).first()
        if notice.asks and addressee is not None and addressee.must_confirm:
            asked = questions_of(notice, employee, at)
    return NoticeReading(
        notice=notice,
        article=ArticlePage.objects.visible_to(viewer, at)
        .filter(uuid=notice.article_uuid)
        .defer("body")
        .first(),
        addressee=addressee,
        acknowledgement=acknowledgement,
        asked=asked,
        text=text_of(notice.version),
        is_ahead=is_ahead,
        parts=_parts(notice, viewer, at),
    )


def _parts(notice: ChangeNotice, viewer: Viewer, at: datetime.datetime) -> list[Part]:
    """What the package of ``notice`` changes, article by article, as far as ``viewer`` may know; [] without one."""
    if notice.package_id is None:
        return []
    seen = ChangeNotice.objects.visible_to(viewer, at).filter(package=notice.package_id)
    allowed = set(seen.values_list("pk", flat=True))
    group = [one for one in together([notice])[notice.pk] if one.pk in allowed]
    readable = ArticlePage.objects.visible_to(viewer, at).defer("body")
    articles = {
        one.uuid: one for one in readable.filter(uuid__in=[one.article_uuid for one in group])
    }
    return [Part(one, articles.get(one.article_uuid), text_of(one.version)) for one in group]


def may_follow(viewer: Viewer, notice: ChangeNotice, at: datetime.datetime) -> bool:
    """Whether ``viewer`` may see who has confirmed: whoever edits or audits, and leads of those it asks."""
    if viewer.sees_everything:
        return True
    follows = viewer.has_role(Role.HR) or bool(viewer.led_team_ids)
    return follows and bool(progress_of(viewer, at, notices=[notice]))


def _may_know_ahead(viewer: Viewer, notice: ChangeNotice, at: datetime.datetime) -> bool:
    """Of what still waits, who edits knows, and who leads those it will ask."""
    return viewer.edits_knowledge or (
        bool(viewer.led_team_ids) and bool(progress_of(viewer, at, notices=[notice]))
    )


def text_of(version: ArticleVersion) -> list[Shown]:
    """The text of ``version`` with what changed since the one before that readers had. Two queries."""
    after = paragraphs_of(version.snapshot)
    before = version_before(version)
    return compare(paragraphs_of(before.snapshot), after) if before else unmarked(after)


def version_before(version: ArticleVersion) -> ArticleVersion | None:
    """The version that readers had before this one."""
    held = VersionState.objects.filter(
        article_uuid=version.article_uuid, number__lt=version.number, in_force_at__isnull=False
    )
    number = held.order_by("-number").values_list("number", flat=True).first()
    return ArticleVersion.objects.filter(article_uuid=version.article_uuid, seq=number).first()
