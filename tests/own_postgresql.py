"""The PostgreSQL server of the tests: one for all of a run, with a database for each process of tests, and one for each
home folder that a test gives to a process of the product."""

from __future__ import annotations

import atexit
import hashlib
import os
import sqlite3
import subprocess
from contextlib import AbstractContextManager, closing
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.own_postgresql import OwnServer, start

_ADDRESS, _TOOLS = "PANDOK_TESTS_POSTGRESQL_ADDRESS", "PANDOK_TESTS_POSTGRESQL_TOOLS"


@cache
def own_server() -> OwnServer:
    """Of the process that asks first; those that it starts are told by the environment and use the same."""
    if _ADDRESS not in os.environ:
        running = start(fast=True)
        atexit.register(running.stop)
        os.environ[_ADDRESS], os.environ[_TOOLS] = running.server.address, str(running.server.tools)
    return OwnServer(os.environ[_ADDRESS], Path(os.environ[_TOOLS]))


def on_postgresql() -> bool:
    """Whether this run of tests is one on PostgreSQL."""
    return os.environ.get("PANDOK_TESTS_POSTGRESQL") == "1"


def own_database() -> dict[str, Any]:
    """One entry of DATABASES."""
    from pandok.web.database import database

    chosen = database(own_server().made("pandok"), Path())
    chosen["CONN_MAX_AGE"] = 0  # threads of tests end; their connections must not stay
    return chosen


def store_of(home: Path) -> str:
    """The value of PANDOK_STORE for a process of the product with this home: empty in a run on SQLite."""
    if not on_postgresql():
        return ""
    return own_server().made(f"home_{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]}")


def on_store(home: Path) -> dict[str, str]:
    """What a process of the product is told of its home and its database."""
    store = store_of(home)
    return {"PANDOK_HOME": str(home)} | ({"PANDOK_STORE": store} if store else {})


def opened_store(home: Path) -> AbstractContextManager[Any]:
    """The database of such a process, with `execute(sql)`, as somebody with all rights opens it. Closing keeps."""
    if on_postgresql():
        import psycopg

        return psycopg.connect(store_of(home))
    return _Sqlite(home / "pandok.db")


def dumped_store(home: Path) -> bytes:
    """Everything in the PostgreSQL database of such a process."""
    command = [own_server().tools / "pg_dump", f"--dbname={store_of(home)}"]
    return subprocess.run(command, capture_output=True, check=True).stdout


class _Sqlite(AbstractContextManager[sqlite3.Connection]):
    def __init__(self, path: Path):
        self._opened = closing(sqlite3.connect(path, isolation_level=None))

    def __enter__(self) -> sqlite3.Connection:
        return self._opened.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self._opened.__exit__(*raised)
