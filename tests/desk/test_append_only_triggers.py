"""Every table of history still has its trigger after all migrations, also after SQLite wrote a table anew."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from pandok.register.models.append_only import AppendOnly


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its triggers")
def test_every_append_only_table_has_its_trigger() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only'")
        guarded = {row[0] for row in cursor.fetchall()}
    assert tables - guarded == set()
