"""Build the search index anew, beside the present one."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kb.models import ArticlePage
from search import indexing
from search.engines.base import RebuildRunning

EVERY = 0.2


class Command(BaseCommand):
    """``rebuild_search``."""

    help = "Build the search index anew from the database; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, follow what changed meanwhile, say how much and how long."""
        now = timezone.now()
        total = ArticlePage.objects.in_force(now).count()
        started = time.monotonic()
        progress = self._progress(total, options["verbosity"])
        try:
            number = indexing.rebuild(now=now, on_progress=progress)
            indexing.catch_up()
        except RebuildRunning as reason:
            raise CommandError(
                "The index is being rebuilt already; wait for it to end."
            ) from reason
        except OSError as reason:
            raise CommandError(f"The index cannot be written: {reason}") from reason
        seconds = time.monotonic() - started
        self.stdout.write(f"Indexed {number} articles in {seconds:.1f} s.")

    def _progress(self, total: int, verbosity: int):
        if not verbosity or not sys.stderr.isatty():
            return None
        last = 0.0

        def show(done: int) -> None:
            nonlocal last
            if done == total or time.monotonic() - last > EVERY:
                last = time.monotonic()
                self.stderr.write(f"\r{done} of {total}", ending="\n" if done == total else "")

        return show
