"""The tables of this site: an empty database is given them at once, an older one is brought up to date step by step.

Django makes an empty database by walking through all migrations, which takes ten seconds for what half a second makes
from the models. No migration of Pandok moves data in an empty database; tests/contracts/test_tables.py compares the
two ways, table by table.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from pandok.core.errors import StoreError
from pandok.core.text import Text

FORMERLY = {"register": "0006_word_marks", "desk": "0027_importer_at_capture", "lab": "0008_partial_uploads"}
"""The last steps of the apps that a database had before each field became one."""
SUCCESSORS = ("common", "register", "designs", "counterfeit", "lab")
"""Those that took over their tables, each with one first step. A field that came later has none there yet."""
REPLACING = "0001_tables"
"""Made anew from the models before the first release of a field, for all its steps until then: its `stands_for`.
Django's own `replaces` would have each of these noted in every new database for ever."""
LOCK = 726_365
""" "pandok" on a telephone's keys: the number of the lock on PostgreSQL."""


def bring_up_to_date() -> None:
    """Make or change the tables as this version needs them; may be called again, also by several processes at once."""
    with _one_process_at_a_time():
        if is_new := not connection.introspection.table_names():
            make_tables()
        adopt_former_names()
        adopt_replaced_steps()
        if not is_new and _steps_to_take():
            _make_new_fields()
            call_command("migrate", interactive=False, verbosity=0)
        else:  # roles, triggers and search index of this version, as after a step
            emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _steps_to_take() -> bool:
    """Asked first: the command makes all models of every step anew, half a second at each start, for nothing. Where
    every step that this version brings is noted as taken, none of them is loaded either."""
    if _steps_by_name() <= MigrationRecorder(connection).applied_migrations().keys():
        return False
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _steps_by_name() -> set[tuple[str, str]]:
    """App and name of every step that there is, as Django's loader finds them, by the names of their files."""
    found = set()
    for app in apps.get_app_configs():
        place, _ = MigrationLoader.migrations_module(app.label)
        spec = find_spec(place) if place else None
        for one in iter_modules((spec.submodule_search_locations or []) if spec else []):
            if not one.ispkg and one.name[0] not in "_~":
                found.add((app.label, one.name))
    return found


def _make_new_fields() -> None:
    """An older database gets the tables of a field that came later at once, as an empty one does: there is nothing in
    them to move. What the other fields have before is brought up to date first; theirs may be pointed at."""
    executor = MigrationExecutor(connection)
    begun = {app for app, _ in executor.loader.applied_migrations}
    new = {app for app, _ in executor.loader.graph.nodes} - begun
    standing = set(connection.introspection.table_names())
    models = [model for model in apps.get_models() if model._meta.app_label in new]
    if not models or standing & {model._meta.db_table for model in models}:
        return
    executor.migrate([one for one in executor.loader.graph.leaf_nodes() if one[0] not in new])
    _make(models, [one for one in executor.loader.graph.nodes if one[0] in new])


def adopt_former_names() -> None:
    """A database from before each field became an app has the tables of today under steps of former names: they are
    noted as the first step of each field, and nothing else is touched.

    Raises StoreError for one that stands half way.
    """
    applied = MigrationRecorder(connection)
    if not applied.has_table():
        return
    done = set(applied.migration_qs.filter(app__in=FORMERLY).values_list("app", "name"))
    if not any(app == "desk" for app, _ in done):
        return
    if missing := [f"{app} {name}" for app, name in FORMERLY.items() if (app, name) not in done]:
        raise _older(missing)
    with transaction.atomic():
        applied.migration_qs.filter(app__in=FORMERLY).delete()
        for app in SUCCESSORS:
            applied.migration_qs.create(app=app, name="0001_initial")


def adopt_replaced_steps() -> None:
    """The steps of a field from between two releases became one: where all of them are noted, that one is too.

    Raises StoreError for a database that took some of them and not the rest, which are no longer there.
    """
    done = MigrationRecorder(connection).applied_migrations().keys()
    for name, step in _replacing_steps():
        formerly = set(step.stands_for)
        if name in done or not formerly & done:
            continue
        if missing := sorted(" ".join(one) for one in formerly - done):
            raise _older(missing)
        MigrationRecorder(connection).record_applied(*name)


def _replacing_steps() -> Iterator[tuple[tuple[str, str], Any]]:
    """Only the first step of a field replaces others; it is looked into without Django's loader, which loads all."""
    for app, name in sorted(_steps_by_name()):
        if name == REPLACING:
            place, _ = MigrationLoader.migrations_module(app)
            yield (app, name), import_module(f"{place}.{name}").Migration


def _older(missing: Iterable[str]) -> StoreError:
    return StoreError(
        Text(
            ko=f"이 데이터베이스는 더 오래된 판의 것입니다(없는 단계: {', '.join(missing)}).",
            en=f"This database is of an older version (missing steps: {', '.join(missing)}).",
        ),
        Text(
            ko="아무것도 바꾸지 않았습니다. 그 단계가 들어 있는 판의 Pandok으로 한 번 연 뒤 다시 실행하십시오.",
            en="Nothing was changed. Open it once with a version of Pandok that has these steps, then try again.",
        ),
        code="store.former_steps",
    )


def make_tables() -> None:
    """All tables from the models, in one transaction, with every migration noted as applied. Raises OperationalError
    (SQLite) or ProgrammingError (PostgreSQL) where there are some."""
    _make([*apps.get_models(), MigrationRecorder.Migration], MigrationLoader(connection).graph.nodes)


def _make(models: Iterable[type[Model]], steps: Iterable[tuple[str, str]]) -> None:
    """Their tables, and these steps as applied, in one transaction on both databases."""
    with connection.schema_editor() as editor:
        for model in models:
            if model._meta.can_migrate(connection) and not model._meta.proxy:
                editor.create_model(model)
        for app, name in steps:
            MigrationRecorder(connection).migration_qs.create(app=app, name=name)


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
