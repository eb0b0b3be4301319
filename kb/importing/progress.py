"""Showing how far long work is: one line that moves on a terminal, a line now and then elsewhere."""

import time
from typing import Protocol, TextIO

from django.utils.translation import gettext as _

BAR = 24


class Progress(Protocol):
    """Hears how far the work is."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins; ``total`` is 0 where it is not known."""

    def advance(self, done: int) -> None:
        """So many of the stage are done."""

    def finish(self) -> None:
        """The stage is over."""


class Silent:
    """Tells nobody."""

    def stage(self, name: str, total: int) -> None:
        """Nothing."""

    def advance(self, done: int) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


class Shown:
    """Writes to a stream: a moving bar on a terminal, plain lines at every tenth otherwise."""

    EVERY = 0.1

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._moving = stream.isatty()
        self._name, self._total, self._done = "", 0, 0
        self._started = self._shown = 0.0
        self._tenth = 0
        self._open = False

    def stage(self, name: str, total: int) -> None:
        """Begin a stage, ending the one before."""
        self.finish()
        self._name, self._total, self._done, self._tenth = name, total, 0, 0
        self._started, self._shown = time.monotonic(), 0.0
        self._open = True

    def advance(self, done: int) -> None:
        """Show ``done`` if it is time to."""
        self._done = done
        moment = time.monotonic()
        if self._moving:
            if moment - self._shown >= self.EVERY:
                self._shown = moment
                self._stream.write("\r\x1b[K" + self._bar(moment))
                self._stream.flush()
        elif self._total and done * 10 // self._total > self._tenth:
            self._tenth = done * 10 // self._total
            self._stream.write(self._line(moment) + "\n")
            self._stream.flush()

    def finish(self) -> None:
        """Leave the last state standing."""
        if not self._open:
            return
        self._open = False
        if self._moving:
            self._stream.write("\r\x1b[K" + self._bar(time.monotonic()) + "\n")
            self._stream.flush()

    def _bar(self, moment: float) -> str:
        if not self._total:
            return self._line(moment)
        full = BAR * self._done // self._total
        return f"{'█' * full}{'░' * (BAR - full)} {self._line(moment)}"

    def _line(self, moment: float) -> str:
        seconds = max(moment - self._started, 0.001)
        rate = self._done / seconds
        if not self._total:
            return f"{self._name}: {self._done}"
        line = f"{self._name}: {self._done}/{self._total}, " + _("%(n)d a second") % {"n": rate}
        if rate and self._done < self._total:
            left = int((self._total - self._done) / rate) + 1
            line += ", " + _("%(time)s left") % {"time": f"{left // 60}:{left % 60:02d}"}
        return line
