"""What somebody must read and confirm of what changed, and what of it is news to them."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kb.addressees import Addressee, admitted_to, circles_of, place_of, taught_to
from kb.announcing import NEEDS_A_QUESTION
from kb.choices import Audience
from kb.interruptions import cannot_wait
from kb.models import Acknowledgement, ArticlePage, ChangeNotice
from kb.services.interrupting import TOLD_FOR, away_at, times_of, told_of
from people.models import Employee
from people.viewer import Viewer

NEWS_FOR = datetime.timedelta(days=60)
NEWS = 20


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
