"""Telling people of the changes they must confirm, no oftener than they may be interrupted."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from kb.addressees import Addressee, Circle, circles_of
from kb.interruptions import Waiting, comes_now
from kb.models import ChangeNotice
from kb.notices.catching_up import CATCH_UP
from kb.notices.changes import ARTICLE_CHANGED, told_key
from notifications.models import Notification
from notifications.services.notifying import notify
from people.models import Employee, Leave
from people.selectors import working_times
from people.working_hours import WorkingTime

# Who becomes concerned later than this learns the text as it is and is told of nothing.
TOLD_FOR = datetime.timedelta(days=14)
# Longer than a leave during which days are moved; the next shift is looked for in it.
SEEN_AHEAD = datetime.timedelta(days=60)
# A week of interruptions, wherever in it somebody stands.
COUNTED_FOR = datetime.timedelta(days=9)


@transaction.atomic
def interrupt(*, now: datetime.datetime, asked_by: ChangeNotice | None = None) -> int:
    """Tell people of the changes of normal risk that they must confirm, as far as the limits allow at ``now``.

    All that waits for a person comes together, in one mail. With ``asked_by`` only those whom that change asks.
    Safe to repeat. Returns how many were told now, each change counted.
    """
    asking = ChangeNotice.objects.standing().asking().not_followed()
    fresh = asking.filter(announced_at__gt=now - TOLD_FOR).select_related("version")
    notices = {notice.pk: notice for notice in fresh.order_by("announced_at", "pk")}
    circles = circles_of(list(notices.values()), now)
    among = None
    if asked_by is not None:
        circle = circles.get(asked_by.pk)
        among = {one.employee.pk for one in circle.outstanding} if circle else set()
    waiting = _waiting(notices, circles, among)
    if not waiting:
        return 0
    before = _interruptions(waiting, circles, now)
    times = times_of([rows[0][1].employee for rows in waiting.values()], now)
    told = 0
    alone: dict[int, list[Employee]] = defaultdict(list)
    joined: dict[int, list[Employee]] = defaultdict(list)
    for pk, rows in waiting.items():
        ahead = [Waiting(notice.announced_at, one.check_by) for notice, one in rows]
        if comes_now(ahead, before=before[pk], time=times[pk], now=now):
            several = len({notice.group for notice, _place in rows}) > 1
            for notice, one in rows:
                (joined if several else alone)[notice.pk].append(one.employee)
    for recipients, together in ((alone, False), (joined, True)):
        told += sum(
            tell_of_change(notice=notices[pk], recipients=people, now=now, together=together)
            for pk, people in recipients.items()
        )
    return told


def times_of(people: Iterable[Employee], now: datetime.datetime) -> dict[int, WorkingTime]:
    """The working time of ``people`` as far as interruptions look, back and ahead. Three queries."""
    return working_times(people, since=now - TOLD_FOR, until=now + SEEN_AHEAD)


def tell_of_change(
    *,
    notice: ChangeNotice,
    recipients: Iterable[Employee],
    now: datetime.datetime,
    is_urgent: bool = False,
    together: bool = False,
) -> int:
    """Tell ``recipients`` of a change, each once. Returns how many were told now."""
    return notify(
        event_key=told_key(notice),
        kind=ARTICLE_CHANGED.name,
        params={"notice": notice.pk},
        recipients=recipients,
        now=now,
        # A newer change to confirm answers for the older one; a mere notice does not.
        about=f"article:{notice.article_uuid}" if notice.asks and notice.package_id is None else "",
        is_urgent=is_urgent,
        together=together,
    )


def told_of(
    notices: Iterable[ChangeNotice], employee_ids: Collection[int] | None = None
) -> set[tuple[int, int]]:
    """Who has been told of which of ``notices``: pairs of notice and employee. One query."""
    keys: dict[str, list[int]] = defaultdict(list)
    for notice in notices:
        keys[told_key(notice)].append(notice.pk)
    rows = Notification.objects.filter(event_key__in=keys)
    if employee_ids is not None:
        rows = rows.filter(recipient__in=employee_ids)
    return {
        (notice, pk)
        for key, pk in rows.values_list("event_key", "recipient_id")
        for notice in keys[key]
    }


def away_at(
    notices: Collection[ChangeNotice], employee_ids: Collection[int] | None = None
) -> set[tuple[int, int]]:
    """Who was on leave on the day each of ``notices`` was announced: pairs of notice and employee. One query.

    They get one list when they are back, and none of these messages.
    """
    days = {notice.pk: timezone.localdate(notice.announced_at) for notice in notices}
    if not days:
        return set()
    leaves = Leave.objects.meeting(min(days.values()), max(days.values()))
    if employee_ids is not None:
        leaves = leaves.filter(employee__in=employee_ids)
    return {
        (pk, employee)
        for employee, first, last in leaves.values_list("employee_id", "starts_on", "ends_on")
        for pk, day in days.items()
        if first <= day <= last
    }


def _waiting(
    notices: dict[int, ChangeNotice], circles: dict[int, Circle], among: Collection[int] | None
) -> dict[int, list[tuple[ChangeNotice, Addressee]]]:
    """What each person must confirm, was here for and has not been told of, the oldest first."""
    limited = {pk: circle for pk, circle in circles.items() if not circle.is_urgent}
    concerned = [notices[pk] for pk in limited]
    reached = told_of(concerned, among) | away_at(concerned, among)
    found: dict[int, list[tuple[ChangeNotice, Addressee]]] = defaultdict(list)
    for pk, circle in limited.items():
        for one in circle.outstanding:
            employee = one.employee.pk
            if (among is None or employee in among) and (pk, employee) not in reached:
                found[employee].append((notices[pk], one))
    return found


def _interruptions(
    people: Collection[int], circles: dict[int, Circle], now: datetime.datetime
) -> dict[int, list[datetime.datetime]]:
    """When each of ``people`` was lately told of a change of normal risk that they had to confirm."""
    asking = set(
        ChangeNotice.objects.asking()
        .filter(announced_at__gt=now - TOLD_FOR - COUNTED_FOR, withdrawn_at=None)
        .values_list("pk", flat=True)
    )
    rows = Notification.objects.filter(
        kind__in=[ARTICLE_CHANGED.name, CATCH_UP.name],
        recipient__in=people,
        created_at__gt=now - COUNTED_FOR,
    )
    found: dict[int, list[datetime.datetime]] = defaultdict(list)
    for employee, params, at in rows.values_list("recipient_id", "params", "created_at"):
        pk = params.get("notice")
        circle = circles.get(pk)
        # The list of what one missed is an interruption too.
        if pk is None or (pk in asking and (circle is None or _limits(circle, employee))):
            found[employee].append(at)
    return found


def _limits(circle: Circle, employee_id: int) -> bool:
    """Whether being told of it counts: not what came at once, nor what was only news to them."""
    place = circle.people.get(employee_id)
    return not circle.is_urgent and (place is None or place.must_confirm)
