"""Numbering what the index must look at again, inside the transaction of the change itself."""

import datetime
from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction

from search.engines.base import Position
from search.models import IndexChange, IndexClock


@transaction.atomic
def note(*, article_ids: Iterable[int], now: datetime.datetime) -> int:
    """Write one ``IndexChange`` per article and return the number of the last one.

    Whoever writes holds the clock's row until commit, so numbers become visible in their order.
    """
    ids = list(dict.fromkeys(article_ids))
    clock = _locked_clock()
    if ids:
        first = clock.seq + 1
        IndexChange.objects.bulk_create(
            [
                IndexChange(seq=seq, article_id=article_id, made_at=now)
                for seq, article_id in enumerate(ids, start=first)
            ],
            batch_size=500,
        )
        clock.seq += len(ids)
        clock.save(update_fields=["seq"])
    return clock.seq


def _locked_clock() -> IndexClock:
    clock = IndexClock.objects.select_for_update().filter(pk=1).first()
    if clock is None:
        IndexClock.objects.bulk_create([IndexClock(pk=1, epoch=uuid4())], ignore_conflicts=True)
        clock = IndexClock.objects.select_for_update().get(pk=1)
    return clock


def position() -> Position:
    """Where the database stands; an index that stands there too is true. One query."""
    clock = IndexClock.objects.filter(pk=1).first()
    if clock is None:
        with transaction.atomic():
            clock = _locked_clock()
    return Position(str(clock.epoch), clock.seq)


def forget(*, before: datetime.datetime) -> int:
    """Delete changes made before ``before``; an index that has not seen them by then is built anew."""
    deleted, _ = IndexChange.objects.made_before(before).delete()
    return deleted
