"""Failures of disk and database that come up anywhere, as expected errors: full, read-only, busy, away.

They are nobody's mistake who sent something: 503, ours, try again. What was begun was undone with its transaction.
"""

from __future__ import annotations

from django.db import Error
from django.db.transaction import TransactionManagementError

from pandok.core.errors import StoreError
from pandok.engines.files.disk_faults import (
    OF_THE_DISK,
    disk_fault,
    store_broken,
    store_busy,
    store_full,
    store_read_only,
)

_SQLITE = {
    "database or disk is full": store_full,
    "attempt to write a readonly database": store_read_only,
    "unable to open database file": store_read_only,
    "database is locked": store_busy,
    "database table is locked": store_busy,
}
_POSTGRESQL = {
    "53100": store_full,
    "25006": store_read_only,
    "55P03": store_busy,
    "40P01": store_busy,
    "40001": store_busy,
}
_AWAY = ("08", "53", "57P", "58")
"""Classes of SQLSTATE: connection lost, no resources left, shutting down, system error."""
_ENDED = ("08", "57P")


def store_fault(error: BaseException | None) -> StoreError | None:
    """What `error` means where disk or database is the cause; None for every other error."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        return disk_fault(error)
    if isinstance(error, TransactionManagementError):
        # Something was asked after the failure that broke the transaction; that one is the cause.
        return store_fault(error.__cause__ or error.__context__)
    if not isinstance(error, Error):
        return None
    said = str(error).lower()
    for words, fault in _SQLITE.items():
        if said.startswith(words):
            return fault()
    if said.startswith(("disk i/o error", "database disk image is malformed")):
        return store_broken(said)
    return _of_postgresql(error)


def _of_postgresql(error: Error) -> StoreError | None:
    cause = error.__cause__
    if not type(cause).__module__.startswith("psycopg"):
        return None
    state = getattr(cause, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]()
    # Without SQLSTATE the client itself lost the server.
    if (state is None and type(cause).__name__ == "OperationalError") or (state or "").startswith(_AWAY):
        return store_broken(state or "connection")
    return None


def database_went_away(error: Error) -> bool:
    """Whether the server ended the connection or was not there: nobody's mistake who asked it something."""
    cause = error.__cause__
    if not type(cause).__module__.startswith("psycopg"):
        return False
    state = getattr(cause, "sqlstate", None)
    return type(cause).__name__ in ("OperationalError", "InterfaceError") if state is None else state.startswith(_ENDED)
