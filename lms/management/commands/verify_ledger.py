"""``manage.py verify_ledger``: are the records still what was written?"""

from django.core.management.base import BaseCommand

from common import triggers
from common.ledger import LedgerRow, append_only_models, broken_links


class Command(BaseCommand):
    """Follows every chain of every ledger and checks the triggers that guard what is only ever added."""

    help = "Verify the hash chains of all ledgers and the triggers on them. Exit code 1 if anything is wrong."

    def handle(self, **options) -> None:
        problems = 0
        for model in append_only_models():
            found = broken_links(model) if issubclass(model, LedgerRow) else []
            found += [
                f"{model._meta.label}: trigger {name} is missing"
                for name in triggers.missing(model)
            ]
            for problem in found:
                self.stderr.write(problem)
            rows = model._base_manager.count()
            self.stdout.write(
                f"{model._meta.label}: {rows} rows, {'ok' if not found else f'{len(found)} problems'}"
            )
            problems += len(found)
        if problems:
            raise SystemExit(1)
