"""``manage.py reset_demo``: throw the demo company away and seed it anew."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from people.models import Company


class Command(BaseCommand):
    """Drops everything in a database marked as demo, migrates and seeds. Refuses any other database."""

    help = "Drop and recreate the demo company. Refuses a database that is not marked as demo."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--people", type=int, default=60)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, people: int, seed: int, **options) -> None:
        try:
            is_demo = Company.is_demo()
        except DatabaseError:
            is_demo = False
        if not is_demo:
            raise CommandError("This database is not marked as demo; nothing was touched.")
        drop_everything()
        call_command("migrate", verbosity=0)
        call_command("seed_demo", people=people, seed=seed, stdout=self.stdout)


def drop_everything() -> None:
    """Drop all tables of the database in place, so that open connections need not be closed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        # Virtual tables first: their shadow tables go with them and cannot be dropped singly.
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        cursor.execute("PRAGMA foreign_keys = ON")
