"""The database itself refuses to change what only may be added to: one trigger for each table of AppendOnly rows.

The tables are those of the models, so that none is forgotten. `ensure` runs after every migration: Django writes a
SQLite table anew when it alters it, and its triggers go with the old one.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections

from pandok.register.models.append_only import AppendOnly

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
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in append_only_tables():
            if table not in present:  # a migration that stops half way
                continue
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {table}_append_only BEFORE UPDATE ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'append-only table'); END"
                )
            elif connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION register_refuse_update()"
                )
