"""Build the search index anew, beside the present one."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kb.models import ArticlePage
from search import indexing
from search.engines import chosen
from search.engines.base import EngineTrouble, Index, RebuildRunning

EVERY = 0.2


class Command(BaseCommand):
    """``rebuild_search [--engine NAME]``."""

    help = "Build the search index anew from the database; searching goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--engine``."""
        parser.add_argument(
            "--engine", help="embedded or cluster; left out: every index this site has"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, follow what changed meanwhile, say how much and how long."""
        names = [options["engine"]] if options["engine"] else [i.name for i in chosen.kept()]
        for name in names:
            try:
                self._rebuild(chosen.called(name), options["verbosity"])
            except KeyError as reason:
                raise CommandError(f"This site has no engine called {name}.") from reason

    def _rebuild(self, index: Index, verbosity: int) -> None:
        now = timezone.now()
        total = ArticlePage.objects.in_force(now).count()
        started = time.monotonic()
        progress = self._progress(total, verbosity)
        try:
            number = indexing.rebuild(index, now=now, on_progress=progress)
            indexing.follow(index)
        except RebuildRunning as reason:
            raise CommandError(
                "The index is being rebuilt already; wait for it to end."
            ) from reason
        except EngineTrouble as reason:
            raise CommandError(
                f"The index cannot be built: {reason}. Run this again to go on."
            ) from reason
        except OSError as reason:
            raise CommandError(f"The index cannot be written: {reason}") from reason
        seconds = time.monotonic() - started
        self.stdout.write(f"Indexed {number} articles in {seconds:.1f} s ({index.name}).")

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
