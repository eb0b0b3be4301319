"""Compare the search index with the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing
from search.engines.base import IndexUnavailable

SHOWN = 50


class Command(BaseCommand):
    """``check_search [--fix]``."""

    help = "Compare the search index with the database; exit code 1 if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--fix``."""
        parser.add_argument("--fix", action="store_true", help="mend the differences")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the differences; with ``--fix`` mend them and compare again."""
        try:
            indexing.catch_up() if options["fix"] else None
            found = list(indexing.differences())
        except IndexUnavailable as reason:
            raise CommandError(f"No index: {reason}. Run rebuild_search.") from reason
        for difference in found[:SHOWN]:
            self.stdout.write(f"article {difference.article_id} {difference.what}")
        if len(found) > SHOWN:
            self.stdout.write(f"… and {len(found) - SHOWN} more")
        if found and options["fix"]:
            indexing.mend(found)
            remaining = len(list(indexing.differences()))
            self.stdout.write(f"Mended {len(found) - remaining}.")
            found = found[:remaining]
        if found:
            raise CommandError(f"{len(found)} differences between index and database.")
        self.stdout.write("The index is as the database says.")
