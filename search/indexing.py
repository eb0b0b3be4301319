"""Keeping the index true: following changes, building anew, comparing with the database."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kb.models import ArticlePage
from search import audience, changes, documents, glossaries
from search.engines.base import Engine, Entry, IndexUnavailable, Position
from search.engines.embedded import EmbeddedEngine
from search.models import IndexChange

AT_ONCE = 200
"""Articles put into the index in one go."""

LARGE = 2_000
"""With more articles a rebuild takes more than some seconds."""

KEPT = datetime.timedelta(days=14)
"""How long changes are kept for an index that was away."""

_engines: dict[Path, Engine] = {}


def engine() -> Engine:
    """The engine of this process."""
    root = Path(settings.SEARCH_INDEX_DIR)
    if root not in _engines:
        _engines[root] = EmbeddedEngine(root)
    return _engines[root]


def catch_up(now: datetime.datetime | None = None) -> int:
    """Apply every change the index has not seen and take out what has expired; how many articles that was.

    Builds the index if there is none, or none that can follow. Raises ``RebuildRunning`` if another process
    is building it right now.
    """
    now = now or timezone.now()
    if needs_rebuild():
        return rebuild(now=now)
    at = engine().position()
    done = 0
    while batch := list(IndexChange.objects.after(at.seq)[:AT_ONCE]):
        at = Position(at.epoch, batch[-1].seq)
        _apply(sorted({change.article_id for change in batch}), at, now)
        done += len(batch)
    expired = engine().expired(now)
    if expired:
        _apply(sorted(expired), at, now)
    return done + len(expired)


def needs_rebuild() -> bool:
    """Whether there is no index that could follow the changes: none, of another database, or too old."""
    target = changes.position()
    at = _position_or_none()
    return at is None or not _can_follow(at, target)


def is_large() -> bool:
    """Whether building the index takes long enough to be done elsewhere."""
    return ArticlePage.objects.in_force(timezone.now()).count() > LARGE


def rebuild(
    *, now: datetime.datetime | None = None, on_progress: Callable[[int], None] | None = None
) -> int:
    """Build the index anew beside the present one and switch; the number of articles in it.

    Changes made meanwhile are followed afterwards, since the position is read first.
    """
    now = now or timezone.now()
    position = changes.position()
    changes.forget(before=now - KEPT)
    number = engine().rebuild(
        documents.documents_in_force(now), position=position, on_progress=on_progress
    )
    glossaries.learn_from_titles(now=now)
    return number


def _position_or_none() -> Position | None:
    try:
        return engine().position()
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


def _apply(article_ids: list[int], position: Position, now: datetime.datetime) -> None:
    found = list(documents.documents_in_force(now, article_ids))
    engine().apply(documents=found, removed=article_ids, position=position)


@dataclass(frozen=True, slots=True)
class Difference:
    """An article of which the index holds something else than the database."""

    article_id: int
    what: str


def differences(now: datetime.datetime | None = None) -> Iterator[Difference]:
    """Compare every article in force with what the index holds: id, version, audience, dates.

    Raises ``IndexUnavailable`` if there is no index to compare.
    """
    held = dict(engine().inventory())
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


def mend(found: list[Difference], now: datetime.datetime | None = None) -> None:
    """Put the differing articles into the index as they are in the database."""
    position = engine().position()
    for start in range(0, len(found), AT_ONCE):
        ids = sorted(difference.article_id for difference in found[start : start + AT_ONCE])
        _apply(ids, position, now or timezone.now())
