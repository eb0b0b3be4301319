"""Ask the log's own questions again, with and without what use and feedback taught before them."""

import datetime
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from search import indexing, learning, services, standing, use
from search.audience import Sight
from search.engines.base import Scope
from search.evaluation import Measures


def _days(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ArgumentTypeError("a whole number of days, one or more")
    return int(text)


class Command(BaseCommand):
    """``replay_searches [--days N]``."""

    help = (
        "Learn from the log as it stood so many days ago, ask what was asked since, and print where the articles "
        "that people opened stand without it, with use, with what readers say, and with both."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many days are asked again."""
        parser.add_argument("--days", type=_days, default=30)

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, ask, print."""
        now = timezone.now()
        since = now - datetime.timedelta(days=options["days"])
        indexing.catch_up()
        learned = learning.Learned.of(learning.lessons(use.uses(before=since), now=since))
        helpful = standing.Helpful.of(use.what_readers_say(before=since))
        taught = {
            "without": {},
            "use": {"learned": learned},
            "feedback": {"helpful": helpful},
            "both": {"learned": learned, "helpful": helpful},
        }
        rows = {name: Measures() for name in taught}
        for asked in use.uses(since=since, before=now):
            scope = Scope(Sight(staff=asked.staff), now)
            for name, measures in rows.items():
                _, found = services.ranked(scope, asked.query, **taught[name])
                places = (i for i, c in enumerate(found, 1) if c.article == asked.article)
                measures.add(next(places, None))
        names = [name for name in Measures().as_row() if name != "n"]
        self.stdout.write(f"{'':10}{'n':>6}" + "".join(f"{name:>12}" for name in names))
        for name, measures in rows.items():
            row = measures.as_row()
            figures = "".join(f"{row[figure]:>12.3f}" for figure in names)
            self.stdout.write(f"{name:10}{measures.n:>6}{figures}")
