"""Everybody follows everything in the scene, and some were told of what is not for them: what each may read decides."""

import datetime
from collections.abc import Iterable, Mapping

from wagtail.models import Page

from kb.models import ArticlePage, Subscription
from kb.notices.following import FOLLOWED_CHANGED
from notifications.services.notifying import notify
from people.models import Employee


def follow_everything(
    cast: Mapping[str, Employee],
    pages: Iterable[Page],
    *,
    told: Iterable[ArticlePage],
    now: datetime.datetime,
) -> None:
    """A subscription for each of the cast to each of ``pages``; an operator and a teammate hear of ``told``."""
    Subscription.objects.bulk_create(
        Subscription(employee=person, page_id=page.pk, since=now)
        for page in pages
        for person in cast.values()
    )
    for article in told:
        notify(
            event_key=f"scene.followed:{article.pk}",
            kind=FOLLOWED_CHANGED.name,
            params={"article": article.pk, "number": 1, "is_new": True},
            recipients=[cast["operator"], cast["teammate"]],
            now=now,
        )
