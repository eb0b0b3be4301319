"""The search log: what was asked, without who asked and without digits that a customer might own.

The page hands the browser a signed token for each answer; the browser sends it back once the query has
settled, with how it ended. So nothing in the log can be made up, and half-typed words never arrive.
Entries wait in memory and are written together.
"""

import atexit
import datetime
import hashlib
import hmac
import re
import secrets
import threading
import uuid

import structlog
from django.core import signing
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from people.viewer import Viewer
from search import analysis
from search.models import Ending, LogKey, SearchLog

logger = structlog.get_logger(__name__)

SALT = "search.log"
TOKEN_LIFE = datetime.timedelta(hours=12)
KEY_LIFE = datetime.timedelta(days=14)
KEPT = datetime.timedelta(days=400)

TELLING_DIGITS = 4
"""A query with so few digits holds an error code; one with more may hold a number of a customer."""

DIGIT = re.compile(r"\d")
ADDRESS = re.compile(r"\S+@\S+")

AT_ONCE = 50
DELAY = 2.0
MOST_WAITING = 5_000
"""With more entries waiting, new ones are dropped: a log must not fill the memory."""


def masked(query: str) -> str:
    """The query as it may be kept: mail addresses gone, long numbers made unreadable."""
    query = ADDRESS.sub("@", query)
    if len(DIGIT.findall(query)) > TELLING_DIGITS:
        query = DIGIT.sub("#", query)
    return query[:200]


def token_for(*, query: str, hits: int, milliseconds: int) -> str:
    """What the browser sends back when the query has settled."""
    return signing.dumps([masked(query), hits, milliseconds], salt=SALT)


def key_of(query: str) -> str:
    """What makes two questions the same: the text without case, width and ё."""
    return " ".join(analysis.fold(query).split())[:200]


def query_of(token: str) -> str:
    """The masked query a token stands for. Raises ``BadSignature`` if it is not ours, or too old."""
    query, _hits, _milliseconds = signing.loads(token, salt=SALT, max_age=TOKEN_LIFE)
    return query


def record(
    *,
    token: str,
    ending: str,
    opened: str,
    viewer: Viewer,
    address: str,
    now: datetime.datetime,
) -> bool:
    """Take one settled query into the log; False if the token is not ours, not fresh, or makes no sense.

    ``address`` tells customers apart for fourteen days and is never stored.
    """
    if ending not in Ending.values:
        return False
    try:
        query, hits, milliseconds = signing.loads(token, salt=SALT, max_age=TOKEN_LIFE)
        article = uuid.UUID(opened) if opened else None
    except (signing.BadSignature, ValueError):
        return False
    who = f"user {viewer.user_id}" if viewer.is_authenticated else f"address {address}"
    waiting.add(
        who,
        SearchLog(
            asked_at=now,
            query=query,
            query_key=key_of(query),
            staff=viewer.is_employee,
            hits=hits,
            ending=ending,
            opened=article,
            milliseconds=milliseconds,
        ),
    )
    return True


class Waiting:
    """Entries that are not written yet: written together, two seconds after the first or when there are many."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[tuple[str, SearchLog]] = []
        self._timer: threading.Timer | None = None
        self.delay: float | None = DELAY

    def add(self, who: str, entry: SearchLog) -> None:
        """Keep ``entry`` until the next writing."""
        with self._lock:
            if len(self._entries) >= MOST_WAITING:
                return
            self._entries.append((who, entry))
            full = len(self._entries) >= AT_ONCE
            if self.delay is not None and (self._timer is None or full):
                if self._timer is not None:
                    self._timer.cancel()
                self._timer = threading.Timer(0 if full else self.delay, self._flush_in_thread)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> int:
        """Write what waits; how many entries that was."""
        with self._lock:
            entries, self._entries, self._timer = self._entries, [], None
        if entries:
            with transaction.atomic():
                for who, entry in entries:
                    entry.who = _pseudonym(who, entry.asked_at)
                SearchLog.objects.bulk_create([entry for _, entry in entries], batch_size=100)
        return len(entries)

    def _flush_in_thread(self) -> None:
        try:
            self.flush()
        except DatabaseError:
            logger.exception("search_log_not_written")
        finally:
            connection.close()


def _pseudonym(who: str, at: datetime.datetime) -> str:
    key = _key_at(at)
    return hmac.new(bytes(key.secret), who.encode(), hashlib.sha256).hexdigest()[:32]


def _key_at(at: datetime.datetime) -> LogKey:
    """The secret of the period; the first to ask after it has ended makes the next and destroys the old."""
    key = LogKey.objects.valid_at(at).order_by("pk").first()
    if key is None:
        LogKey.objects.over_at(at).delete()
        key = LogKey.objects.create(
            secret=secrets.token_bytes(32), starts_at=at, ends_at=at + KEY_LIFE
        )
    return key


def forget(*, now: datetime.datetime) -> int:
    """Delete entries older than about a year, and secrets whose period is over."""
    LogKey.objects.over_at(now).delete()
    deleted, _ = SearchLog.objects.filter(asked_at__lt=now - KEPT).delete()
    return deleted


waiting = Waiting()


@atexit.register
def _flush_at_exit() -> None:
    try:
        waiting.flush()
    except Exception:
        logger.exception("search_log_lost", at=timezone.now())
