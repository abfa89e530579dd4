"""Lock a record until the end of the transaction: the one form of it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

R = TypeVar("R", bound=models.Model)


def locked(model: type[R], key: Any, *related: str) -> R:
    """The record as it stands now, with what it points at by `related`; itself locked, and nothing beside it.

    Rows that point at it can still be added meanwhile. SQLite has locked the whole database already.
    """
    found = model._default_manager.select_for_update(of=("self",), no_key=True)
    return (found.select_related(*related) if related else found).get(pk=key)
