"""A consistent copy of the database, while others go on writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from pandok.common.backup import postgresql


def copy_database(target: Path) -> None:
    """SQLite: by its backup interface, one moment of the database. PostgreSQL: an archive of pg_dump, one snapshot.

    Raises StoreError where it fails, Unavailable without pg_dump.
    """
    if connection.vendor == "postgresql":
        postgresql.dump(connection.settings_dict, target)
        return
    with (
        closing(sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it


def sqlite_fault(path: Path, sequence: int, head: str) -> str:
    """What is wrong with a copied SQLite database: its pages, or that its audit chain does not stand where it said."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as opened:
            [pages] = opened.execute("PRAGMA integrity_check(1)").fetchone()
            if pages != "ok":
                return str(pages)
            rows = opened.execute("SELECT sequence, hash FROM register_auditentry ORDER BY sequence DESC LIMIT 1")
            found = rows.fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if (found or (0, ""))[:2] == (sequence, head) else "the audit chain ends elsewhere"
