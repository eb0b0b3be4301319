"""Triggers that refuse UPDATE and DELETE (PostgreSQL: TRUNCATE too) on append-only tables.

Installed after every migration, because an altered table silently loses SQLite's triggers.
"""

from django.db import connection, models

PREFIX = "opora_append_only"


def install(model: type[models.Model]) -> None:
    """Put the triggers of ``model`` in place, replacing what stands there."""
    table = model._meta.db_table
    remove(model)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for action in ("UPDATE", "DELETE"):
                cursor.execute(
                    f'CREATE TRIGGER "{PREFIX}_{table}_{action.lower()}" BEFORE {action} ON "{table}" '
                    f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
                )
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$"
            )
            cursor.execute(
                f'CREATE TRIGGER "{PREFIX}_{table}_row" BEFORE UPDATE OR DELETE ON "{table}" '
                f"FOR EACH ROW EXECUTE FUNCTION {PREFIX}()"
            )
            cursor.execute(
                f'CREATE TRIGGER "{PREFIX}_{table}_truncate" BEFORE TRUNCATE ON "{table}" '
                f"FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}()"
            )


def remove(model: type[models.Model]) -> None:
    """Take the triggers of ``model`` away: before installing them anew, and for teardown in tests."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for name in trigger_names(model):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def trigger_names(model: type[models.Model]) -> list[str]:
    """The triggers that must stand on the table of ``model`` in this database."""
    table = model._meta.db_table
    kinds = ("update", "delete") if connection.vendor == "sqlite" else ("row", "truncate")
    return [f"{PREFIX}_{table}_{kind}" for kind in kinds]


def missing(model: type[models.Model]) -> list[str]:
    """The triggers of ``model`` that do not stand."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name in trigger_names(model) if name not in standing]
