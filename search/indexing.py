"""Keeping the index true: following changes, building anew, comparing with the database."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from kb.models import ArticlePage
from search import audience, changes, documents, glossaries
from search.engines import chosen
from search.engines.base import Entry, Index, IndexUnavailable, Position, Searchable
from search.models import IndexChange

AT_ONCE = 200
"""Articles put into the index in one go."""

LARGE = 2_000
"""With more articles a rebuild takes more than some seconds."""

KEPT = datetime.timedelta(days=14)
"""How long changes are kept for an index that was away."""


def engine() -> Searchable:
    """What readers' questions go to."""
    return chosen.asked()


def catch_up(now: datetime.datetime | None = None) -> int:
    """Bring every index of this site up to date; how many articles that was.

    Raises ``RebuildRunning`` if another process is building one of them right now, and ``EngineTrouble`` if the
    cluster cannot be reached, once the local index is true.
    """
    return sum(follow(index, now) for index in chosen.kept())


def follow(index: Index, now: datetime.datetime | None = None) -> int:
    """Apply every change ``index`` has not seen and take out what has expired; how many articles that was.

    Builds it if there is none, or none that can follow. Where another machine is at it, that one does the work.
    """
    now = now or timezone.now()
    if needs_rebuild(index):
        return rebuild(index, now=now)
    if not is_behind(index) and not index.expired(now):
        return 0
    with index.turn() as ours:
        return _follow(index, now) if ours else 0


def _follow(index: Index, now: datetime.datetime) -> int:
    at = index.position()
    done = 0
    while batch := list(IndexChange.objects.after(at.seq)[:AT_ONCE]):
        at = Position(at.epoch, batch[-1].seq)
        _apply(index, sorted({change.article_id for change in batch}), at, now)
        done += len(batch)
    expired = index.expired(now)
    if expired:
        _apply(index, sorted(expired), at, now)
    return done + len(expired)


def needs_rebuild(index: Index | None = None) -> bool:
    """Whether there is no index that could follow the changes: none, of another database, or too old."""
    target = changes.position()
    at = _position_or_none(index or chosen.local())
    return at is None or not _can_follow(at, target)


def is_behind(index: Index) -> bool:
    """Whether there are changes that ``index`` has not seen."""
    return index.position() != changes.position()


def is_large() -> bool:
    """Whether building the index takes long enough to be done elsewhere."""
    return ArticlePage.objects.in_force(timezone.now()).count() > LARGE


def rebuild(
    index: Index | None = None,
    *,
    now: datetime.datetime | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Build an index (the local one) anew beside the present one and switch; the number of articles in it.

    Changes made meanwhile are followed afterwards, since the position is read first.
    """
    now = now or timezone.now()
    position = changes.position()
    changes.forget(before=now - KEPT)
    number = (index or chosen.local()).rebuild(
        lambda after: documents.documents_in_force(now, after=after),
        position=position,
        on_progress=on_progress,
    )
    glossaries.learn_from_translations(now=now)
    return number


def _position_or_none(index: Index) -> Position | None:
    try:
        return index.position()
    except IndexUnavailable:
        return None


def _can_follow(at: Position, target: Position) -> bool:
    """Whether the changes between the two positions are all still there."""
    if at.epoch != target.epoch or at.seq > target.seq:
        return False
    if at.seq == target.seq:
        return True
    first = IndexChange.objects.after(at.seq).first()
    return first is not None and first.seq == at.seq + 1


def _apply(
    index: Index, article_ids: list[int], position: Position, now: datetime.datetime
) -> None:
    found = list(documents.documents_in_force(now, article_ids))
    index.apply(documents=found, removed=article_ids, position=position)


@dataclass(frozen=True, slots=True)
class Difference:
    """An article of which the index holds something else than the database."""

    article_id: int
    what: str


def differences(
    index: Index | None = None, *, now: datetime.datetime | None = None
) -> Iterator[Difference]:
    """Compare every article in force with what an index (the local one) holds: id, version, audience, dates.

    Raises ``IndexUnavailable`` if there is no index to compare.
    """
    held = dict((index or chosen.local()).inventory())
    for facts in documents.facts_in_force(now or timezone.now()):
        entry = held.pop(facts.article, None)
        what = "is missing from the index" if entry is None else _difference(facts, entry)
        if what:
            yield Difference(facts.article, what)
    for article_id in sorted(held):
        yield Difference(article_id, "is in the index but not in force")


def _difference(facts: documents.Facts, entry: Entry) -> str:
    allowed = {facts.audience, audience.of_internal_part(facts.audience)}
    if not set(entry.audiences) <= allowed or facts.audience not in entry.audiences:
        return f"has the audience {', '.join(entry.audiences)} instead of {facts.audience}"
    if entry.version != facts.version:
        return f"has version {entry.version} instead of {facts.version}"
    return ""


def mend(
    found: list[Difference], index: Index | None = None, *, now: datetime.datetime | None = None
) -> None:
    """Put the differing articles into the index as they are in the database."""
    index = index or chosen.local()
    position = index.position()
    for start in range(0, len(found), AT_ONCE):
        ids = sorted(difference.article_id for difference in found[start : start + AT_ONCE])
        _apply(index, ids, position, now or timezone.now())
