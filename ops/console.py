"""How the commands of the Makefile speak: steps, progress on one line, one sentence when they fail."""

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

_INTERACTIVE = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


class Progress:
    """A counter shown behind the name of its step: rewritten in place on a terminal, silent elsewhere."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._shown_at = 0.0

    def show(self, text: str) -> None:
        """Show ``text`` behind the title, at most ten times a second."""
        if _INTERACTIVE and time.monotonic() - self._shown_at > 0.1:
            self._shown_at = time.monotonic()
            sys.stdout.write(f"\r\033[K  {self.title} … {text}"[:110])
            sys.stdout.flush()


@contextmanager
def step(title: str) -> Generator[Progress]:
    """A named piece of work: its name while it runs, its time once it is done."""
    started = time.monotonic()
    sys.stdout.write(f"  {title} …" + ("" if _INTERACTIVE else "\n"))
    sys.stdout.flush()
    try:
        yield Progress(title)
    except BaseException:
        if _INTERACTIVE:
            sys.stdout.write("\n")
        raise
    took = f"{time.monotonic() - started:.1f} s"
    sys.stdout.write(f"\r\033[K  {title}: {took}\n" if _INTERACTIVE else f"  {title}: {took}\n")
    sys.stdout.flush()


def fail(sentence: str) -> NoReturn:
    """Leave with exit status 1 and one sentence that says what to do."""
    sys.stdout.flush()
    print(f"opora: {sentence}", file=sys.stderr)
    sys.exit(1)
