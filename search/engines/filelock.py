"""A lock between processes of one machine, held as long as its file is open and freed by the kernel on death."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockHeld(Exception):
    """Another process holds the lock."""


class FileLock:
    """An advisory lock on ``path``; the file itself stays."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def acquire(self, *, wait: bool) -> int:
        """Take the lock and return its handle for ``release``. Raises ``LockHeld`` without ``wait``."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(handle)
            raise LockHeld(str(self.path)) from None
        return handle

    @staticmethod
    def release(handle: int) -> None:
        """Give the lock back."""
        os.close(handle)

    @contextmanager
    def hold(self, *, wait: bool) -> Iterator[None]:
        """Hold the lock for the length of a block."""
        handle = self.acquire(wait=wait)
        try:
            yield
        finally:
            self.release(handle)
