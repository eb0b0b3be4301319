"""``manage.py seed_demo``: the demo company, in an empty database."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.demo.cast import CAST, PASSWORD
from lms.demo.company import AlreadySeeded, NotEmpty, seed_company


class Command(BaseCommand):
    """Writes the demo company and prints who can log in."""

    help = "Seed the demo company: teams, people, articles. Refuses a database that holds anything else."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--people", type=int, default=60, help="how many people (default 60)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other names")
        parser.add_argument(
            "--if-empty", action="store_true", help="succeed silently where it is seeded already"
        )

    def handle(self, *, people: int, seed: int, if_empty: bool, **options) -> None:
        if not len(CAST) <= people <= 20_000:
            raise CommandError(f"--people must be between {len(CAST)} and 20000.")
        started = time.monotonic()
        try:
            counts = seed_company(
                now=timezone.now(),
                people=people,
                seed=seed,
                tell=lambda what: self.stdout.write(f"  {what} …"),
            )
        except AlreadySeeded as refusal:
            if if_empty:
                return
            raise CommandError(f"{refusal} Start over with: manage.py reset_demo") from None
        except NotEmpty as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Demo company: {counts['people']} people, {counts['articles']} articles, "
            f"{time.monotonic() - started:.0f} s."
        )
        self.stdout.write(f"Password of everybody: {PASSWORD}")
        for member in CAST:
            self.stdout.write(f"  {member.email:32} {member.full_name}, {member.position.lower()}")
