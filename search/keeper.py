"""Keepers: for each index one thread per host that follows the changes, elected by a file lock.

Web processes only read. If a keeper's process dies, the kernel frees the lock and another process of the
host takes over within a second. The cluster is fed by one host at a time: a lease kept in the cluster itself.
"""

import subprocess
import sys
import threading
import weakref
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from search import indexing
from search.engines import chosen
from search.engines.base import EngineTrouble, Index, RebuildRunning
from search.engines.filelock import FileLock, LockHeld

logger = structlog.get_logger(__name__)

INTERVAL = 0.3
"""Seconds between two looks at the database; a change made in this process rings at once."""

AFTER_FAILURE = 5.0

_keepers: "weakref.WeakSet[Keeper]" = weakref.WeakSet()


def ring() -> None:
    """Tell the keepers in this process that something was committed; without any nothing happens."""
    for keeper in list(_keepers):
        keeper.bell.set()


class Keeper:
    """Follows changes with one index, in a thread of its own until stopped."""

    def __init__(self, index: Index | None = None) -> None:
        self.index = index or chosen.local()
        self.bell = threading.Event()
        name = "keeper.lock" if self.index.name == "embedded" else f"keeper-{self.index.name}.lock"
        self._lock = FileLock(Path(settings.SEARCH_INDEX_DIR) / name)
        self._handle: int | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; if another process keeps the index already, wait in the background to succeed it."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(
                target=self._run, name=f"search-keeper-{self.index.name}", daemon=True
            )
            self._thread.start()
            _keepers.add(self)

    def stop(self) -> None:
        """End after the batch at hand."""
        self._stopping.set()
        self.bell.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
            self._thread = None

    @property
    def elected(self) -> bool:
        """Whether this process is the one that keeps the index."""
        return self._handle is not None

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self.bell.wait(self._step())
                self.bell.clear()
        finally:
            if self._handle is not None:
                FileLock.release(self._handle)
                self._handle = None
            connection.close()

    def _step(self) -> float:
        """One look; returns how long to wait for the next."""
        try:
            if self._handle is None:
                self._handle = self._lock.acquire(wait=False)
                logger.info("search_keeper_elected", index=self.index.name)
            close_old_connections()
            if indexing.needs_rebuild(self.index) and indexing.is_large():
                rebuild_beside(self.index)
            done = indexing.follow(self.index)
        except LockHeld:
            return INTERVAL
        except RebuildRunning:
            return AFTER_FAILURE
        except EngineTrouble as reason:
            logger.warning("search_keeper_waits", index=self.index.name, reason=str(reason))
            return AFTER_FAILURE
        except Exception:
            logger.exception("search_keeper_failed", index=self.index.name)
            return AFTER_FAILURE
        if done:
            logger.info("search_index_followed", index=self.index.name, articles=done)
        return INTERVAL


class Keepers:
    """The keepers of every index of this site."""

    def __init__(self) -> None:
        self._all = [Keeper(index) for index in chosen.kept()]

    def start(self) -> None:
        """Begin with all of them."""
        for keeper in self._all:
            keeper.start()

    def stop(self) -> None:
        """End all of them."""
        for keeper in self._all:
            keeper.stop()


def rebuild_beside(index: Index) -> None:
    """Build an index in a process of its own: a minute of work would slow every reader down here.

    Raises ``subprocess.CalledProcessError`` if it fails; its words are in the log of this process.
    """
    logger.info("search_rebuild_started", index=index.name)
    command = ["rebuild_search", "--engine", index.name, "--verbosity", "0"]
    subprocess.run(  # noqa: S603 -- nothing in it comes from outside
        [sys.executable, "-m", "django", *command],
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    logger.info("search_rebuild_done", index=index.name)


def catch_up() -> int:
    """Make every index true now, in this thread: for tests and for commands that have just changed articles."""
    return indexing.catch_up()
