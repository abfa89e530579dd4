"""As somebody with the database in hand: past the ORM and past the triggers, on either database."""

from __future__ import annotations

from typing import Any

from django.db import connection


def take_trigger_away(cursor: Any, table: str) -> None:
    """The trigger that keeps the rows of `table` as they were written; a test's transaction brings it back."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only{on_table}")
