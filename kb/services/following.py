"""Following an article or a section, and telling those who do what came into force there."""

import datetime

from django.utils import timezone

from kb.addressees import admitted_to, circle_of
from kb.choices import State
from kb.models import (
    ArticlePage,
    ChangeNotice,
    SectionPage,
    Subscription,
    Tag,
    TagSubscription,
    VersionState,
)
from kb.notices.following import FOLLOWED_CHANGED
from notifications.services.notifying import notify
from people.models import Employee
from people.viewer import Viewer


def follow(*, page: ArticlePage | SectionPage, viewer: Viewer, now: datetime.datetime) -> bool:
    """``viewer`` wants to hear of ``page``, which they may see. False for who does not work here.

    Twice is the same as once.
    """
    if viewer.employee_id is None:
        return False
    wish = Subscription(employee_id=viewer.employee_id, page_id=page.pk, since=now)
    Subscription.objects.bulk_create([wish], ignore_conflicts=True)
    return True


def unfollow(*, page: ArticlePage | SectionPage, viewer: Viewer, now: datetime.datetime) -> None:
    """``viewer`` has heard enough of ``page``. What they were told of it goes as well."""
    Subscription.objects.visible_to(viewer, now).filter(page=page.pk).delete()


def follow_tag(*, tag: Tag, viewer: Viewer, now: datetime.datetime) -> bool:
    """``viewer`` wants to hear of articles with ``tag``, of which they may read one. Twice is the same as once."""
    if viewer.employee_id is None:
        return False
    wish = TagSubscription(employee_id=viewer.employee_id, tag=tag, since=now)
    TagSubscription.objects.bulk_create([wish], ignore_conflicts=True)
    return True


def unfollow_tag(*, tag: Tag, viewer: Viewer, now: datetime.datetime) -> None:
    """``viewer`` has heard enough of ``tag``."""
    TagSubscription.objects.visible_to(viewer, now).filter(tag=tag).delete()


def tell_followers(*, article: ArticlePage, number: int, now: datetime.datetime) -> int:
    """A version came into force: tell who follows the article, a section above it or one of its tags. How many.

    Of what people are told anyway, and of an article that is new. A minor change tells nobody; whom the change
    concerns by their record has been told already.
    """
    notice = (
        ChangeNotice.objects.telling()
        .standing()
        .filter(article_uuid=article.uuid, number=number)
        .select_related("version")
        .first()
    )
    if notice is None and not _is_new(article, number):
        return 0
    followers = set(
        Subscription.objects.of_article(article).values_list("employee_id", flat=True).distinct()
    )
    followers |= set(
        TagSubscription.objects.of_article(article).values_list("employee_id", flat=True)
    )
    if notice is not None and followers:
        followers -= circle_of(notice, now).people.keys()
    if not followers:
        return 0
    admitted = admitted_to({article.uuid}, timezone.localdate(now))
    return notify(
        event_key=f"kb.followed:{notice.group}"
        if notice is not None and notice.package_id is not None
        else f"kb.followed:{article.pk}:{number}",
        kind=FOLLOWED_CHANGED.name,
        params={"article": article.pk, "number": number, "is_new": notice is None},
        recipients=Employee.objects.filter(
            pk__in=[pk for pk in followers if admitted(article.uuid, pk)]
        ),
        about=f"followed:{article.uuid}",
        now=now,
    )


def _is_new(article: ArticlePage, number: int) -> bool:
    """Whether readers have never had a version of it before."""
    earlier = VersionState.objects.filter(article_uuid=article.uuid, in_force_at__isnull=False)
    return not earlier.exclude(number=number, state=State.IN_FORCE).exists()
