"""Compare the search index with the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing
from search.engines import chosen
from search.engines.base import EngineTrouble, Index, IndexUnavailable

SHOWN = 50


class Command(BaseCommand):
    """``check_search [--fix]``."""

    help = "Compare the search index with the database; exit code 1 if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--fix``."""
        parser.add_argument("--fix", action="store_true", help="mend the differences")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the differences of every index this site has; with ``--fix`` mend them and compare again."""
        remaining, unreachable = 0, []
        for index in chosen.kept():
            try:
                remaining += self._check(index, fix=options["fix"])
            except IndexUnavailable as reason:
                unreachable.append(f"No index ({index.name}): {reason}. Run rebuild_search.")
            except EngineTrouble as reason:
                unreachable.append(f"Not compared ({index.name}): {reason}.")
        if unreachable:
            raise CommandError(" ".join(unreachable))
        if remaining:
            raise CommandError(f"{remaining} differences between index and database.")
        self.stdout.write("The index is as the database says.")

    def _check(self, index: Index, *, fix: bool) -> int:
        """How many differences of one index there are, or remain."""
        if fix:
            indexing.follow(index)
        found = list(indexing.differences(index))
        for difference in found[:SHOWN]:
            self.stdout.write(f"{index.name}: article {difference.article_id} {difference.what}")
        if len(found) > SHOWN:
            self.stdout.write(f"{index.name}: … and {len(found) - SHOWN} more")
        if not found or not fix:
            return len(found)
        indexing.mend(found, index)
        remaining = len(list(indexing.differences(index)))
        self.stdout.write(f"{index.name}: mended {len(found) - remaining}.")
        return remaining
