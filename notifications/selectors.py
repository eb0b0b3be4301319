"""Reading the inbox: what is new, a page of it as it reads now, what a person wants how soon and where."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from notifications.extensions import Group, Rendered, UnknownKind, groups, kind_named
from notifications.models import Channel, DeliverySettings, Notification, Preference
from notifications.pacing import Pace
from notifications.services.reading import retire
from people.viewer import Viewer

PER_PAGE = 25
COUNTED_TO = 100
# How often a page is drawn again because rows on it turned out to say nothing any more.
REDRAWN = 3


@dataclass(frozen=True)
class Item:
    """A notification and what it says to its reader now."""

    notification: Notification
    rendered: Rendered

    @property
    def is_unread(self) -> bool:
        """Neither opened nor ticked off."""
        return self.notification.read_at is None


def unread_count(viewer: Viewer) -> int:
    """How many are new, counted to a hundred. One query."""
    return Notification.objects.of(viewer).unread()[:COUNTED_TO].count()


def rendered(
    notifications: list[Notification], *, viewer: Viewer, at: datetime.datetime
) -> tuple[list[Item], list[Notification]]:
    """What each says to ``viewer`` now, in their order, and those that say nothing any more.

    One call per kind. A kind that no app knows is left out of both: its app may be back tomorrow.
    """
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for notification in notifications:
        by_kind[notification.kind].append(notification)
    words: dict[int, Rendered | None] = {}
    for name, rows in by_kind.items():
        try:
            kind = kind_named(name)
        except UnknownKind:
            continue
        said = kind.render([row.params for row in rows], viewer=viewer, at=at)
        words |= {row.pk: text for row, text in zip(rows, said, strict=True)}
    items = [
        Item(notification, text)
        for notification in notifications
        if (text := words.get(notification.pk)) is not None
    ]
    silent = [row for row in notifications if row.pk in words and words[row.pk] is None]
    return items, silent


def inbox_page(
    viewer: Viewer, *, number: str | int, at: datetime.datetime
) -> tuple[Page, list[Item]]:
    """A page of the inbox, new ones first. Rows that say nothing any more leave it for good."""
    for _turn in range(REDRAWN):
        rows = Notification.objects.of(viewer).unread_first()
        page = Paginator(rows, PER_PAGE).get_page(number)
        items, silent = rendered(list(page.object_list), viewer=viewer, at=at)
        if not silent:
            break
        retire(notifications=silent, now=at)
    return page, items


def one_of(viewer: Viewer, notification_id: int, *, at: datetime.datetime) -> Item | None:
    """The viewer's own notification as it reads now; None for a foreign, missing or silent one."""
    rows = list(Notification.objects.of(viewer).filter(pk=notification_id))
    items, _silent = rendered(rows, viewer=viewer, at=at)
    return items[0] if items else None


def newest_about(viewer: Viewer, notification_id: int) -> int | None:
    """What took the place of the viewer's own notification: the newest about the same thing, if any.

    A mail may be opened after its message has given way to a newer one.
    """
    about = (
        Notification.objects.filter(recipient=viewer.employee_id, pk=notification_id)
        .exclude(about="")
        .values("about")
    )
    newest = Notification.objects.of(viewer).filter(about__in=about).order_by("-pk")
    return newest.values_list("pk", flat=True).first()


def chosen_paces(viewer: Viewer) -> list[tuple[Group, Pace]]:
    """Each group of kinds, and how soon the viewer wants its mail."""
    chosen = dict(
        Preference.objects.filter(employee=viewer.employee_id, channel=Channel.EMAIL).values_list(
            "group", "pace"
        )
    )
    return [(group, Pace(chosen.get(group.key, Pace.AT_ONCE))) for group in groups()]


def delivery_settings(viewer: Viewer) -> DeliverySettings:
    """The viewer's hours and chat; fresh ones, not saved, where nothing was chosen."""
    found = DeliverySettings.objects.filter(employee=viewer.employee_id).first()
    return found or DeliverySettings()
