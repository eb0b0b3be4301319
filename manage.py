#!/usr/bin/env python
"""Command line of the project."""

import os
import sys


def main() -> None:
    """Run a management command; a refused setting or an absent database is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(f"Opora cannot start: {refusal}")
    except (OperationalError, ProgrammingError):
        trouble = database_trouble()
        if trouble is None:
            raise
        sys.exit(f"Opora cannot do this: {trouble}")


def database_trouble() -> str | None:
    """Return what keeps every command from the database, or None where the fault lies with the command."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as fault:
        return f"the database does not answer ({str(fault).splitlines()[0]})."
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind and "migrate" not in sys.argv:
        return "the database is not up to date; run manage.py migrate first."
    return None


if __name__ == "__main__":
    main()
