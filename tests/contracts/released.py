"""Databases of released versions, made by the steps that each had, with a row in every table.

At a release: `python -m tests.contracts.released 0.3.0` adds its steps and their sums to released.json.
"""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.apps.registry import Apps
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

_FILE = Path(__file__).with_name("released.json")
_KEPT = json.loads(_FILE.read_text(encoding="utf-8"))
Steps = dict[str, str]
"""The last step of each app."""
RELEASED: dict[str, Steps] = {version: kept["steps"] for version, kept in _KEPT.items()}
SUMS: dict[str, dict[str, str]] = {version: kept["sums"] for version, kept in _KEPT.items()}
NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]
"""By table: its columns, and its rows."""


def migrate_to(steps: Steps) -> None:
    executor = MigrationExecutor(connection)
    django_own = [leaf for leaf in executor.loader.graph.leaf_nodes() if not _is_ours(leaf[0], executor.loader)]
    executor.migrate([*django_own, *steps.items()])


def take_away_later_fields(steps: Steps) -> None:
    """As a database stands that never had them; going back through each of their steps takes a minute."""
    loader = MigrationLoader(connection)
    later = {app for app, _ in loader.disk_migrations if _is_ours(app, loader)} - set(steps)
    with connection.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label in later and model._meta.managed and not model._meta.proxy:
                cascade = " CASCADE" if connection.vendor == "postgresql" else ""
                editor.execute(f"DROP TABLE {connection.ops.quote_name(model._meta.db_table)}{cascade}")
        MigrationRecorder(connection).migration_qs.filter(app__in=later).delete()


def _is_ours(app: str, loader: MigrationLoader) -> bool:
    module, _ = loader.migrations_module(app)
    return bool(module) and str(module).startswith("pandok.")


def sums_of_steps(steps: Steps) -> dict[str, str]:
    """sha256 of the file of each step up to these."""
    loader = MigrationLoader(None)
    found: dict[str, str] = {}
    for last in steps.items():
        for app, name in loader.graph.forwards_plan(last):
            if _is_ours(app, loader):
                file = import_module(f"{loader.migrations_module(app)[0]}.{name}").__file__
                found[f"{app}.{name}"] = hashlib.sha256(Path(file or "").read_bytes()).hexdigest()
    return dict(sorted(found.items()))


def _apps_at(steps: Steps) -> Apps:
    """The models as they were at these steps."""
    return MigrationLoader(connection).project_state(list(steps.items())).apps


def _models_at(steps: Steps) -> list[type[models.Model]]:
    """Those of the steps, and Django's own on which they stand."""
    labels = {*steps, "auth", "contenttypes"}
    found = _apps_at(steps).get_models(include_auto_created=True)
    return [one for one in found if one._meta.app_label in labels and one._meta.managed and not one._meta.proxy]


def fill_every_table(steps: Steps) -> None:
    """A row in every table, those first on which others stand. Raises AssertionError for a table that takes none."""
    left, made = _models_at(steps), {}
    while left:
        waiting: list[tuple[type[models.Model], str]] = []
        for model in left:
            try:
                made[model._meta.label] = _row(model, made)
            except (IntegrityError, LookupError) as error:
                waiting.append((model, str(error)))
        assert len(waiting) < len(left), [f"{model._meta.label}: {why}" for model, why in waiting]
        left = [model for model, _ in waiting]


def _row(model: type[models.Model], made: dict[str, models.Model]) -> models.Model:
    """With a value in every column, or without one where two exclude each other."""
    values = _values(model, made)
    try:
        return _stored(model, values)
    except IntegrityError:
        empty = [field.attname for field in model._meta.local_concrete_fields if field.null]
        for name in empty:
            with suppress(IntegrityError):
                return _stored(model, {**values, name: None})
        raise


def _stored(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    with transaction.atomic():
        [row] = model._default_manager.bulk_create([model(**values)])
    return row


def _values(model: type[models.Model], made: dict[str, models.Model]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        if isinstance(field, (models.AutoField, models.GeneratedField)):
            continue
        if isinstance(field, models.ForeignKey):
            target = made.get(field.related_model._meta.label)
            if target is None and not field.null:
                raise LookupError(f"waits for {field.related_model._meta.label}")
            values[field.attname] = target and getattr(target, field.target_field.attname)
        else:
            values[field.attname] = _value(field)
    return values


def _value(field: models.Field[Any, Any]) -> Any:
    match field:
        case models.BooleanField():
            return False
        case models.JSONField():
            return {"kept": "보존"}
        case models.UUIDField():
            return uuid5(UUID(int=0), str(field))
        case models.DateTimeField():
            return NOON
        case models.DateField():
            return date(2026, 3, 2)
        case models.BinaryField():
            return b"kept"
        case models.GenericIPAddressField():
            return "192.0.2.1"
        case models.IntegerField() | models.FloatField() | models.DecimalField():
            return 1
        case _:
            digits = int.from_bytes(hashlib.sha256(str(field).encode()).digest())
            word = (
                str(field.choices[0][0]) if field.choices else f"2026-{digits % 10**12:012}"
            )  # also a number of cases
            return word[: field.max_length]


def rows_of(steps: Steps) -> Rows:
    found: Rows = {}
    for model in _models_at(steps):
        columns = tuple(field.column for field in model._meta.local_concrete_fields)
        found[model._meta.db_table] = (columns, _select(model._meta.db_table, columns))
    return found


def lost(rows: Rows) -> list[str]:
    """Tables that no longer hold what they held, in the columns that they still have."""
    found = []
    for table, (columns, before) in rows.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")
            there = {one[0] for one in cursor.description}
        kept = [place for place, column in enumerate(columns) if column in there]
        now = _select(table, tuple(columns[place] for place in kept))
        if not before or any(tuple(row[place] for place in kept) not in now for row in before):
            found.append(table)
    return found


def _select(table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")
        return [tuple(str(value) for value in row) for row in cursor.fetchall()]


if __name__ == "__main__":
    import django

    django.setup()
    every = MigrationLoader(None)
    last = {app: name for app, name in sorted(every.graph.leaf_nodes()) if _is_ours(app, every)}
    _KEPT[sys.argv[1]] = {"steps": last, "sums": sums_of_steps(last)}
    _FILE.write_text(json.dumps(_KEPT, indent=1) + "\n", encoding="utf-8")
