"""Every table of history still has its trigger after all migrations, also after SQLite wrote a table again."""

from __future__ import annotations

import pytest
from django.db import connection

from pandok.common.records.append_only_triggers import append_only_tables, ensure
from tests.tampering import take_trigger_away

TRIGGERS = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only'",
    "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append_only' AND tgenabled = 'O'",
}


def guarded() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_every_append_only_table_has_its_trigger() -> None:
    tables = set(append_only_tables())
    assert {"register_auditentry", "desk_caseevent"} <= tables
    assert tables - guarded() == set()


@pytest.mark.django_db
def test_a_trigger_that_was_lost_comes_back_with_the_next_migration() -> None:
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "desk_caseevent")
    assert "desk_caseevent" not in guarded()
    ensure()
    assert "desk_caseevent" in guarded()
