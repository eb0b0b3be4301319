"""What changed while somebody was away: one list when they are back, by what it means for them."""

import datetime
from dataclasses import dataclass

from competence.choices import Risk
from kb.addressees import Addressee, circles_of, taught_to
from kb.announcing import NEEDS_A_QUESTION
from kb.models import ChangeNotice, Reading
from people.models import Employee
from people.selectors import absence_before
from people.viewer import Viewer
from people.working_hours import Days

# So long after the return the list stands on home.
BACK_FOR = datetime.timedelta(days=7)
RISKS = list(Risk)
NAMED = 5


@dataclass(frozen=True)
class Missed:
    """A change that was announced while somebody was away."""

    notice: ChangeNotice
    addressee: Addressee

    @property
    def risk(self) -> Risk:
        """The highest risk of those of one's competences that it concerns."""
        return max((Risk(cell.competence.risk) for cell in self.addressee.cells), key=RISKS.index)

    @property
    def check_by(self) -> datetime.date | None:
        """The last day; None where there is nothing to confirm or the rule sets none."""
        return self.addressee.check_by if self.must_confirm else None

    @property
    def must_confirm(self) -> bool:
        """Whether it is to be confirmed, and not only news."""
        return self.notice.asks and self.addressee.is_outstanding

    @property
    def is_risky(self) -> bool:
        """Whether the risk is to be named."""
        return self.risk in NEEDS_A_QUESTION

    @property
    def impact(self) -> tuple:
        """What comes first: the risk, how many of the competences one needs it touches, the day, the newest."""
        return (
            -RISKS.index(self.risk),
            -len(self.addressee.required),
            self.check_by or datetime.date.max,
            -self.notice.announced_at.timestamp(),
        )


@dataclass(frozen=True)
class CatchUp:
    """What somebody missed in an absence and does not know yet, by impact."""

    away: Days
    missed: list[Missed]

    @property
    def first(self) -> list[Missed]:
        """Those that home names."""
        return self.missed[:NAMED]

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(len(self.missed) - NAMED, 0)

    @property
    def groups(self) -> set[str]:
        """What they are told as: a package is one."""
        return {one.notice.group for one in self.missed}


def absence_lately(employee: Employee, day: datetime.date) -> Days | None:
    """The absence from which ``employee`` is back for a week at most on ``day``. One query."""
    away = absence_before(employee, day)
    return away if away is not None and away.last >= day - BACK_FOR else None


def missed_by(viewer: Viewer, at: datetime.datetime) -> CatchUp | None:
    """What ``viewer`` has missed in an absence and does not know."""
    employee = Employee.objects.filter(pk=viewer.employee_id).first()
    return catch_up_of(employee, viewer, at) if employee else None


def catch_up_of(employee: Employee, viewer: Viewer, at: datetime.datetime) -> CatchUp | None:
    """What ``employee``, back for a week at most, has missed and does not know. Nine queries; one for nothing.

    News leaves the list once its article is read, what must be confirmed once it is confirmed.
    """
    away = absence_lately(employee, at.astimezone(employee.tz).date())
    if away is None:
        return None
    notices = _announced_in(away, viewer, at, taught_to(employee.pk, at, held_too=True))
    if not notices:
        return None
    circles = circles_of(notices, at, employee_id=employee.pk)
    read = dict(Reading.objects.filter(employee=employee).values_list("article__uuid", "number"))
    missed = []
    for notice in notices:
        addressee = circles[notice.pk].people.get(employee.pk)
        if addressee is None:
            continue
        one = Missed(notice, addressee)
        is_known = addressee.is_done or read.get(notice.article_uuid, 0) >= notice.number
        if one.must_confirm or not is_known:
            missed.append(one)
    missed.sort(key=lambda one: one.impact)
    # Of a package the first alone: it is read and confirmed as one.
    groups = {one.notice.group: one for one in reversed(missed)}
    return CatchUp(away, list(groups.values())[::-1]) if missed else None


def _announced_in(away: Days, viewer: Viewer, at: datetime.datetime, uuids) -> list[ChangeNotice]:
    """The changes told of on those days, without those that a newer one to confirm answers for. One query."""
    found = (
        ChangeNotice.objects.visible_to(viewer, at)
        .standing()
        .telling()
        .announced_between(away.first, away.last)
        .filter(article_uuid__in=uuids)
    )
    notices = list(found.select_related("version", "package"))
    newest = {
        one.article_uuid: one.number
        for one in sorted(notices, key=lambda one: one.number)
        if one.asks
    }
    return [one for one in notices if one.number >= newest.get(one.article_uuid, 0)]
