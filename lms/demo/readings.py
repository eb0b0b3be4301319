"""What the demo's operator has read before the last change, so that pages say what is new to her."""

import datetime

from kb.models import ArticlePage, Reading
from people.models import Employee

READ = (
    "billing-tariffs",
    "telephony-forwarding",
    "service-hold-transfer",
    "telephony-call-recording",
)


def seed_readings(*, cast: dict[str, Employee], now: datetime.datetime) -> None:
    """Anna knows the version before the one in force."""
    Reading.objects.bulk_create(
        Reading(
            employee=cast["anna"],
            article=article,
            number=article.version - 1,
            since=now - datetime.timedelta(days=30),
        )
        for article in ArticlePage.objects.filter(source_id__in=READ, version__gt=1)
    )
