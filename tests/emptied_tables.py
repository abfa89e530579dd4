"""How the tables are emptied after a test with transactions of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations as OfPostgresql
from django.db.backends.sqlite3 import base  # noqa: F401 where the tests run on PostgreSQL, its operations come first
from django.db.backends.sqlite3.operations import DatabaseOperations as OfSqlite
from django.db.models.signals import post_migrate

KEPT = frozenset({"django_content_type", "auth_permission"})
"""What every database has of Django itself, and no test changes."""


def empty_only_what_is_written() -> None:
    """Django empties all tables, which are hundreds, and looks for each kind of row whether its permissions are there:
    0.14 s of the processor on SQLite, and 1.6 s on PostgreSQL, where TRUNCATE makes every file again. Here the rows of
    those tables are deleted that have some. Groups, triggers and the index of words are made again as ever."""
    for kind in (OfSqlite, OfPostgresql):
        _only_written(kind)
    flush.emit_post_migrate_signal = _all_but_what_is_kept


def _only_written(kind: type[BaseDatabaseOperations]) -> None:
    emptying = kind.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, *, reset_sequences: bool = False, **more: Any) -> list[str]:
        if reset_sequences:
            return list(emptying(self, style, tables, reset_sequences=True, **more))
        found = [f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in sorted({*tables} - KEPT)]
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(found))
            return [f'DELETE FROM "{name}";' for (name,) in cursor.fetchall()]

    kind.sql_flush = sql_flush  # type: ignore[method-assign]


def _all_but_what_is_kept(*given: Any, **more: Any) -> None:
    """What follows on migrations, but for the rows of `KEPT`."""
    uid = "django.contrib.auth.management.create_permissions"
    permissions = post_migrate.disconnect(create_permissions, dispatch_uid=uid)
    kinds = post_migrate.disconnect(create_contenttypes)
    try:
        emit_post_migrate_signal(*given, **more)
    finally:
        if kinds:
            post_migrate.connect(create_contenttypes)
        if permissions:
            post_migrate.connect(create_permissions, dispatch_uid=uid)
