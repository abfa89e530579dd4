"""An empty database that is given its tables at once has the same ones as after all migrations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import StoreError
from pandok.web.database_tables import FORMERLY, SUCCESSORS, bring_up_to_date
from tests.contracts.stores import app_on, empty_postgresql, in_threads

# Definitions as they are kept; SQLite keeps the words of the statement, with columns in the order of making.
QUESTIONS = {
    "sqlite": ["SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length "
        "FROM information_schema.columns WHERE table_schema = 'public' "
        # Django's own migrations number these rows with 32 bits, its models with 64.
        "AND NOT (table_name LIKE 'auth_group_permissions%' AND column_name = 'id')",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ],
}
Stores = Callable[[str], str]


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def schema() -> set[Any]:
    found: set[Any] = set()
    with connection.cursor() as cursor:
        for question in (*QUESTIONS[connection.vendor], "SELECT app, name FROM django_migrations"):
            cursor.execute(question)
            found |= {tuple(_in_no_order(value) for value in row) for row in cursor.fetchall()}
    return found


def _in_no_order(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith("CREATE TABLE"):
        return value
    return frozenset(Counter(re.findall(r"\w+|[^\w\s]", value)).items())


@pytest.fixture(autouse=True)
def with_migrations(settings: Any) -> None:
    """The other tests make their tables from the models, with migrations switched off."""
    settings.MIGRATION_MODULES = {}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[Stores]:
    """A function from a name to the address of an empty database."""
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            yield lambda name: f"{tmp_path / name}"
        else:
            yield lambda _name: empty_postgresql()


def on(address: str, prepare: Callable[[], None]) -> Any:
    if "://" in address:
        return app_on(address, Path(), prepare)
    Path(address).mkdir()
    return app_on("", Path(address), prepare)


def test_both_ways_lead_to_the_same_tables(empty: Stores) -> None:
    with on(empty("at_once"), bring_up_to_date):
        at_once = schema()
        assert audit.verify() is None
    with on(empty("by_steps"), migrate):
        assert schema() == at_once


def test_several_processes_may_begin_at_once(empty: Stores) -> None:
    with on(empty("together"), lambda: None):
        in_threads(4, lambda _: bring_up_to_date())
        assert Account.objects.count() == 0
        assert "django_migrations" in connection.introspection.table_names()


def former_names(applied: MigrationRecorder, last: dict[str, str]) -> None:
    """As steps were noted before each field became an app."""
    applied.migration_qs.filter(app__in=("common", "register", "designs", "counterfeit", "lab")).delete()
    for app, name in last.items():
        applied.migration_qs.create(app=app, name="0001_initial")
        applied.migration_qs.create(app=app, name=name)


def first_steps() -> None:
    """As far as the version before went: steps of today stand on them."""
    for app in SUCCESSORS:
        call_command("migrate", app, "0001_initial", verbosity=0, interactive=False)


def test_a_database_from_before_the_fields_keeps_its_rows(empty: Stores) -> None:
    with on(empty("today"), migrate):
        today = schema()
    with on(empty("before_fields"), first_steps):
        Account.objects.create_user("kept", password="open sesame 27")
        former_names(MigrationRecorder(connection), FORMERLY)
        assert schema() != today
        bring_up_to_date()
        assert schema() == today
        assert Account.objects.filter(username="kept").exists()


def test_a_database_left_half_way_is_refused_and_untouched(empty: Stores) -> None:
    with on(empty("half_way"), bring_up_to_date):
        former_names(MigrationRecorder(connection), {**FORMERLY, "desk": "0009_case_lists"})
        before = schema()
        with pytest.raises(StoreError, match="of an older version"):
            bring_up_to_date()
        assert schema() == before
