"""Every table of history still has its trigger after all migrations, also after SQLite wrote a table anew."""

from __future__ import annotations

import pytest
from django.db import connection

from pandok.register.append_only_triggers import append_only_tables, ensure


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its triggers")
def test_every_append_only_table_has_its_trigger() -> None:
    tables = set(append_only_tables())
    assert {"register_auditentry", "desk_caseevent"} <= tables
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only'")
        guarded = {row[0] for row in cursor.fetchall()}
    assert tables - guarded == set()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="takes SQLite's trigger away")
def test_a_trigger_that_was_lost_comes_back_with_the_next_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER desk_caseevent_append_only")
        ensure()
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'desk_caseevent_append_only'")
        assert cursor.fetchone() == (1,)
