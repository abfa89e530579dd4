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
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import StoreError
from pandok.web.database_tables import (
    FORMERLY,
    SUCCESSORS,
    _replacing_steps,
    _steps_by_name,
    _steps_to_take,
    bring_up_to_date,
)
from tests.contracts.quick_steps import walk_quickly
from tests.contracts.released import RELEASED, SUMS, fill_every_table, lost, migrate_to, rows_of, sums_of_steps
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
def with_migrations(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tests make their tables from the models, with migrations switched off."""
    settings.MIGRATION_MODULES = {}
    walk_quickly(monkeypatch)


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


def test_the_steps_that_are_looked_for_by_name_are_all_there_are() -> None:
    assert _steps_by_name() == set(MigrationLoader(None).disk_migrations)
    assert len(_steps_by_name()) > 25


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


def test_a_database_from_before_the_fields_keeps_its_rows(empty: Stores) -> None:
    with on(empty("today"), bring_up_to_date):  # the same as by all steps: the first test
        today = schema()
    first = dict.fromkeys(SUCCESSORS, "0001_initial")
    with on(empty("before_fields"), lambda: migrate_to(first)):
        fill_every_table(first)
        rows = rows_of(first)
        former_names(MigrationRecorder(connection), FORMERLY)
        assert schema() != today
        bring_up_to_date()
        assert schema() == today
        assert lost(rows) == []


def as_steps_were_between_releases(*, all_but: int = 0) -> None:
    applied = MigrationRecorder(connection)
    for (app, name), step in _replacing_steps():
        applied.migration_qs.filter(app=app, name=name).delete()
        for former_app, former in step.stands_for[: len(step.stands_for) - all_but]:
            applied.record_applied(former_app, former)


def test_a_database_that_took_the_steps_between_releases_is_of_today(empty: Stores) -> None:
    with on(empty("between"), bring_up_to_date):
        as_steps_were_between_releases()
        before = schema()
        bring_up_to_date()
        noted = MigrationRecorder(connection).applied_migrations()
        assert {name for name, _ in _replacing_steps()} <= noted.keys()
        assert {one for one in schema() if len(one) > 2} == {one for one in before if len(one) > 2}
        assert not _steps_to_take()


def test_one_that_took_some_of_them_is_refused_and_untouched(empty: Stores) -> None:
    with on(empty("half_between"), bring_up_to_date):
        as_steps_were_between_releases(all_but=1)
        before = schema()
        with pytest.raises(StoreError, match="missing steps: academy 0003_second_look"):
            bring_up_to_date()
        assert schema() == before


@pytest.mark.parametrize("version", RELEASED)
def test_a_database_of_a_released_version_keeps_every_row(empty: Stores, version: str) -> None:
    """Made by the steps of that version, with a row in every table: a step that is added must get along with both."""
    steps = RELEASED[version]
    with on(empty("today"), bring_up_to_date):  # the same as by all steps: the first test
        today = schema()
    with on(empty("released"), lambda: migrate_to(steps)):
        fill_every_table(steps)
        rows = rows_of(steps)
        assert len(rows) > 90
        bring_up_to_date()
        assert schema() == today
        assert lost(rows) == []


def test_every_released_version_is_pinned() -> None:
    """But 0.1, of which no site holds rows."""
    changelog = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## ([0-9.]+) ", changelog, re.MULTILINE)) - {"0.1.0"} == set(RELEASED)


@pytest.mark.parametrize("version", RELEASED)
def test_the_steps_of_a_released_version_stay_as_they_were(version: str) -> None:
    """Databases have taken them. What changes is a step of its own, on top."""
    assert sums_of_steps(RELEASED[version]) == SUMS[version]


def test_a_database_left_half_way_is_refused_and_untouched(empty: Stores) -> None:
    with on(empty("half_way"), bring_up_to_date):
        former_names(MigrationRecorder(connection), {**FORMERLY, "desk": "0009_case_lists"})
        before = schema()
        with pytest.raises(StoreError, match="of an older version"):
            bring_up_to_date()
        assert schema() == before
