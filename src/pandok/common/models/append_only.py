"""Rows that are added and never changed.

The ORM refuses to change or delete them; a database trigger (pandok.common.records.append_only_triggers) refuses
updates also for raw SQL. Raw deletes are left to the database's own rights, because test runners empty tables that way;
in the audit log the hash chain shows them.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from pandok.core.errors import StoreError
from pandok.core.text import Text


def _refuse() -> NoReturn:
    raise StoreError(
        Text(
            ko="이력은 추가만 할 수 있으며 고치거나 지울 수 없습니다.",
            en="History can only be added to, not changed or removed.",
        ),
        Text(
            ko="정정할 내용이 있으면 새 기록을 추가하십시오.",
            en="Where something is wrong, add a new entry that puts it right.",
        ),
        code="store.append_only",
    )


class AppendOnlyQuerySet(models.QuerySet):  # type: ignore[type-arg]  # generic in the stubs alone: one manager serves every model
    def update(self, **_: Any) -> NoReturn:
        _refuse()

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        _refuse()

    def delete(self) -> NoReturn:
        _refuse()


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        _refuse()
