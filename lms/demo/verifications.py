"""Who has verified which article of the demo over the year: most are true, a few are overdue, some due this week."""

import datetime
import random
import uuid
from dataclasses import dataclass

from kb.choices import ChangeSize, HowVerified
from kb.models import ArticlePage, ChangeNotice, Verification, VersionState
from kb.reviewing import WEEK, week_of
from kb.services.verifying import sign

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
WAYS = (HowVerified.READ, HowVerified.READ, HowVerified.TRIED, HowVerified.ASKED)
# Of the articles whose time has come once: every third is overdue, every third falls on this week.
OVERDUE, DUE_NOW, TRUE = 0, 1, 2


@dataclass(frozen=True)
class Look:
    """Somebody found it true then."""

    at: datetime.datetime
    actor_id: int
    how: str


def seed_verifications(*, now: datetime.datetime, seed: int) -> int:
    """Write the year's verifications; how many there are."""
    rng = random.Random(seed + 11)
    articles = (
        ArticlePage.objects.in_force(now)
        .filter(content_owner__isnull=False)
        .select_related("content_owner")
        .order_by("source_id")
        .defer("body")
    )
    come: dict[int, int] = {}
    for article in articles:
        interval = datetime.timedelta(days=article.review_days)
        looks = _approvals(article, now)
        last = max([look.at for look in looks], default=article.first_published_at)
        if now - last > interval + DAY:
            owner = article.content_owner_id
            fate = come.setdefault(owner, 0) % 3
            come[owner] += 1
            looks += _looks(article, last, interval, fate, rng, now)
        elif rng.random() < 0.4 and now - last > 4 * DAY:
            looks.append(_look(article, last + (now - last) * rng.uniform(0.3, 0.95), rng))
        _write(article, looks)
    return Verification.objects.count()


def _approvals(article: ArticlePage, now: datetime.datetime) -> list[Look]:
    """Versions that told people something, as a second person approved them."""
    told = ChangeNotice.objects.filter(article_uuid=article.uuid).exclude(size=ChangeSize.MINOR)
    states = VersionState.objects.filter(
        version__in=told.values("version"), in_force_at__lte=now, version__approved_by__isnull=False
    )
    return [
        Look(at, actor_id, HowVerified.APPROVED)
        for at, actor_id in states.values_list("in_force_at", "version__approved_by_id")
    ]


def _looks(
    article: ArticlePage,
    last: datetime.datetime,
    interval: datetime.timedelta,
    fate: int,
    rng: random.Random,
    now: datetime.datetime,
) -> list[Look]:
    """What became of an article whose time has come since ``last``."""
    if fate == OVERDUE:
        return []
    at = now - interval * rng.uniform(0.1, 0.8)
    if fate == DUE_NOW:
        end_of_week = now - DAY * (now.date() - week_of(now.date())).days + WEEK
        at = min(now + DAY, max(end_of_week - 12 * HOUR, now + HOUR)) - interval
    return [_look(article, max(at, last + HOUR), rng)]


def _look(article: ArticlePage, at: datetime.datetime, rng: random.Random) -> Look:
    return Look(at, article.content_owner.user_id, rng.choice(WAYS))


def _write(article: ArticlePage, looks: list[Look]) -> None:
    states = VersionState.objects.filter(article_uuid=article.uuid, in_force_at__isnull=False)
    held = list(states.order_by("in_force_at").values_list("in_force_at", "number"))
    for look in sorted(looks, key=lambda one: one.at):
        numbers = [number for since, number in held if since <= look.at]
        sign(
            article_uuid=article.uuid,
            number=numbers[-1] if numbers else held[0][1],
            how=look.how,
            key=uuid.uuid5(article.uuid, f"verified {look.at.isoformat()}"),
            actor_id=look.actor_id,
            now=look.at,
        )
