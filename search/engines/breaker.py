"""When to stop asking somebody who does not answer: after a few failures in a row, until one answer came. Pure."""

import threading

FAILURES = 3
"""Failures in a row after which nobody is sent to wait in vain any more: one slow answer is no outage."""


class Breaker:
    """Open while asking is of no use."""

    def __init__(self, failures: int = FAILURES) -> None:
        self._failures = failures
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._open = False

    @property
    def is_open(self) -> bool:
        """Whether asking is of no use at present."""
        return self._open

    def succeeded(self) -> None:
        """An answer came: ask again."""
        with self._lock:
            self._in_a_row = 0
            self._open = False

    def failed(self) -> bool:
        """No answer came; True if this failure is the one that opens the breaker."""
        with self._lock:
            self._in_a_row += 1
            opens = not self._open and self._in_a_row >= self._failures
            self._open = self._open or opens
            return opens
