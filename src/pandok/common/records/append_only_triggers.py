"""The database itself refuses to change what only may be added to: one trigger for each table of AppendOnly rows.

The tables are those of the models, so that none is forgotten. `ensure` runs after every migration: Django writes a
SQLite table again when it alters it, and its triggers go with the old one.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections

from pandok.common.models.append_only import AppendOnly

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION register_refuse_update() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'append-only table'; END $$ LANGUAGE plpgsql"
)


def append_only_tables() -> tuple[str, ...]:
    return tuple(sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)))


def ensure(using: str = "default") -> None:
    """Make the triggers that are missing; may be called again at any time."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        tables = [one for one in append_only_tables() if one in present]  # a migration may stop half way
        if connection.vendor == "sqlite":
            for table in tables:
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_append_only BEFORE UPDATE ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only table'); END"
                )
        elif connection.vendor == "postgresql":
            _ensure_postgresql(cursor, tables)


def _ensure_postgresql(cursor: Any, tables: list[str]) -> None:
    """Only what is missing or switched off: to make a trigger waits for everybody who writes into its table, and every
    command of a working site comes this way."""
    cursor.execute(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_append_only' AND tgenabled IN ('O', 'A')",
        [],
    )
    guarded = {name for (name,) in cursor.fetchall()}
    if guarded >= set(tables):
        return
    cursor.execute(_FUNCTION)
    for table in sorted(set(tables) - guarded):
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION register_refuse_update()"
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")
