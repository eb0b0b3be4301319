"""``manage.py rebuild_matrix``: judge every cell anew from the ledger; with --check only compare."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from competence.services.leaves import sweep_leaves
from competence.services.segments import differing_cells, rebuild


class Command(BaseCommand):
    """Idempotent: the cache holds no truth, the ledger does."""

    help = "Rebuild the matrix from the ledger. --check writes nothing and fails if the cache says something else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, write nothing")

    def handle(self, *, check: bool, **options: Any) -> None:
        now = timezone.now()
        if check:
            differing = differing_cells(now=now)
            for employee_id, competence_id in differing:
                self.stderr.write(f"employee {employee_id}, competence {competence_id}: differs")
            if differing:
                raise CommandError(f"{len(differing)} cells differ from the ledger.")
            self.stdout.write("The matrix says what the ledger says.")
            return
        sweep_leaves(now=now)
        self.stdout.write(f"{rebuild(now=now)} segments.")
