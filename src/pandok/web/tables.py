"""The tables of this site: an empty database is given them at once, an older one is brought up to date step by step.

Django makes an empty database by walking through all migrations, which takes ten seconds for what half a second makes
from the models. No migration of Pandok moves data in an empty database; tests/contracts/test_tables.py compares the
two ways, table by table.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LOCK = 726_365
""" "pandok" on a telephone's keys: the number of the lock on PostgreSQL."""


def bring_up_to_date() -> None:
    """Make or change the tables as this version needs them; may be called again, also by several processes at once."""
    with _one_process_at_a_time():
        if not connection.introspection.table_names():
            make_tables()
        call_command("migrate", interactive=False, verbosity=0)


def make_tables() -> None:
    """All tables from the models, in one transaction, with every migration noted as applied. Raises OperationalError
    (SQLite) or ProgrammingError (PostgreSQL) where there are some."""
    applied = MigrationRecorder(connection)
    nodes = MigrationLoader(connection).graph.nodes
    with connection.schema_editor() as editor:  # one transaction on both databases
        for model in (*apps.get_models(), applied.Migration):
            if model._meta.can_migrate(connection) and not model._meta.proxy:
                editor.create_model(model)
        for app, name in nodes:
            applied.migration_qs.create(app=app, name=name)


@contextmanager
def _one_process_at_a_time() -> Iterator[None]:
    """Others wait: on PostgreSQL for a lock of the database, on SQLite for one on a file beside it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with Path(f"{connection.settings_dict['NAME']}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
