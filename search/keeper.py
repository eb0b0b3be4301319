"""The keeper of the index: one thread per host that follows the changes, elected by a file lock.

Web processes only read. If the keeper's process dies, the kernel frees the lock and another process of the
host takes over within a second.
"""

import subprocess
import sys
import threading
from pathlib import Path

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from search import indexing
from search.engines.base import RebuildRunning
from search.engines.filelock import FileLock, LockHeld

logger = structlog.get_logger(__name__)

INTERVAL = 0.3
"""Seconds between two looks at the database; a change made in this process rings at once."""

AFTER_FAILURE = 5.0

_bell = threading.Event()


def ring() -> None:
    """Tell a keeper in this process that something was committed; without one nothing happens."""
    _bell.set()


class Keeper:
    """Follows changes in a thread of its own until stopped."""

    def __init__(self, root: Path | None = None) -> None:
        self._lock = FileLock(Path(root or settings.SEARCH_INDEX_DIR) / "keeper.lock")
        self._handle: int | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; if another process keeps the index already, wait in the background to succeed it."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="search-keeper", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the batch at hand."""
        self._stopping.set()
        _bell.set()
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
                _bell.wait(self._step())
                _bell.clear()
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
                logger.info("search_keeper_elected")
            close_old_connections()
            if indexing.needs_rebuild() and indexing.is_large():
                rebuild_beside()
            done = indexing.catch_up()
        except LockHeld:
            return INTERVAL
        except RebuildRunning:
            return AFTER_FAILURE
        except Exception:
            logger.exception("search_keeper_failed")
            return AFTER_FAILURE
        if done:
            logger.info("search_index_followed", articles=done)
        return INTERVAL


def rebuild_beside() -> None:
    """Build the index in a process of its own: a minute of work would slow every reader down here.

    Raises ``subprocess.CalledProcessError`` if it fails; its words are in the log of this process.
    """
    logger.info("search_rebuild_started")
    subprocess.run(
        [sys.executable, "-m", "django", "rebuild_search", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    logger.info("search_rebuild_done")


def catch_up() -> int:
    """Make the index true now, in this thread: for tests and for commands that have just changed articles."""
    return indexing.catch_up()
