"""A command of a working site brings its tables up to date first. It waits for nobody who writes meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pandok.common.audit import writing as audit
from pandok.core.audit import AuditEvent
from pandok.web.database_tables import bring_up_to_date
from tests.contracts.stores import app_on, empty_postgresql, in_threads
from tests.fields.counterfeit.cases_fixtures import build_world
from tests.fields.designs.fakes import NOON


def test_on_postgresql_a_command_starts_while_a_case_is_being_written(tmp_path: Path, django_db_blocker: Any) -> None:
    def start(_: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        bring_up_to_date()

    with django_db_blocker.unblock(), app_on(empty_postgresql(), tmp_path):
        world = build_world()
        with transaction.atomic():
            world.case()
            audit.record(AuditEvent("tester", "try", "thing:1", "", NOON))
            in_threads(1, start)


def test_a_trigger_of_postgresql_that_was_switched_off_is_switched_on_again(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), app_on(empty_postgresql(), tmp_path):
        audit.record(AuditEvent("tester", "try", "thing:1", "", NOON))
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE register_auditentry DISABLE TRIGGER register_auditentry_append_only")
            cursor.execute("UPDATE register_auditentry SET actor = 'tester'")
            bring_up_to_date()
            with pytest.raises(DatabaseError, match="append-only"):
                cursor.execute("UPDATE register_auditentry SET actor = 'someone else'")


@pytest.mark.django_db
def test_a_command_starts_within_the_transaction_of_a_test() -> None:
    build_world().case()
    bring_up_to_date()
