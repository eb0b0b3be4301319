"""Triggers that refuse UPDATE and DELETE (PostgreSQL: TRUNCATE too) on append-only tables.

SQLite's `INSERT OR REPLACE` removes the row in its way without a word to the trigger on DELETE, so there an insert in
the place of a row is refused as well.
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
            same = _in_the_place_of_a_row(model)
            stands = f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # noqa: S608 - our own names
            cursor.execute(
                f'CREATE TRIGGER "{PREFIX}_{table}_insert" BEFORE INSERT ON "{table}" '
                f"WHEN {stands} BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
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
    kinds = ("update", "delete", "insert") if connection.vendor == "sqlite" else ("row", "truncate")
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


def _in_the_place_of_a_row(model: type[models.Model]) -> str:
    """Whether a new row has the key of one that stands, by the primary key or by another that holds for every row."""
    keys = [[field.column] for field in model._meta.concrete_fields if field.unique]
    for constraint in model._meta.total_unique_constraints:
        keys.append([model._meta.get_field(name).column for name in constraint.fields])
    return " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in keys
    )
