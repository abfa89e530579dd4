"""What was deleted from the database leaves its file too: freed pages are overwritten, and the log beside is emptied.

PostgreSQL keeps its own house: its log is recycled, and VACUUM reuses the pages.
"""

from __future__ import annotations

from django.db import connection

LONGEST_WAIT_MS = 2000


def empty_write_ahead_log() -> None:
    """SQLite: bring every page home and cut the log to nothing. Where somebody reads all the while, the next time does
    it. Does nothing inside a transaction."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
