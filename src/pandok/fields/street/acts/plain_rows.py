"""Many rows in one statement that is prepared once: a model's own `bulk_update` builds a case of every row, which cost
more than all else that is done with a message.

No signals, no defaults, no triggers of models: only for tables that are written where this is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model


def update_rows(rows: Sequence[Model], columns: Sequence[str]) -> None:
    """The columns of rows that are there, by their primary key."""
    if not rows:
        return
    meta: Any = rows[0]._meta
    fields = [meta.get_field(one) for one in columns]
    changes = ", ".join(f"{_quoted(one.column)} = %s" for one in fields)
    statement = f"UPDATE {_quoted(meta.db_table)} SET {changes} WHERE {_quoted(meta.pk.column)} = %s"
    _many(statement, [*fields, meta.pk], [[*(getattr(row, one.attname) for one in fields), row.pk] for row in rows])


def put_rows(model: type[Model], unique: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert, or set `columns` where a row with the same `unique` is there. `rows`: values of both, in this order."""
    if not rows:
        return
    meta: Any = model._meta
    keys, fields = ([meta.get_field(one) for one in names] for names in (unique, columns))
    names = ", ".join(_quoted(one.column) for one in (*keys, *fields))
    places = ", ".join(["%s"] * (len(keys) + len(fields)))
    same = ", ".join(_quoted(one.column) for one in keys)
    changes = ", ".join(f"{_quoted(one.column)} = excluded.{_quoted(one.column)}" for one in fields)
    table = _quoted(meta.db_table)
    _many(
        f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT ({same}) DO UPDATE SET {changes}",
        [*keys, *fields],
        rows,
    )


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _many(statement: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    here = connections[DEFAULT_DB_ALIAS]
    ready = [one.get_db_prep_save for one in fields]
    values = [[prepared(value, here) for prepared, value in zip(ready, row, strict=True)] for row in rows]
    with here.cursor() as cursor:
        cursor.executemany(statement, values)
