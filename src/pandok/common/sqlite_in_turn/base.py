"""The database backend: transactions, and single statements that write, wait for their turn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from pandok.common.sqlite_in_turn.turn import Turn

READS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


class DatabaseWrapper(base.DatabaseWrapper):
    """Waits as long as `timeout` of OPTIONS says, then raises OperationalError as SQLite does."""

    _turn: Turn | None = None
    """Held by this connection."""

    def take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turn is not None or ":memory:" in name or "mode=memory" in name:
            return
        most_s = float(self.settings_dict.get("OPTIONS", {}).get("timeout", 5.0))
        turn = Turn.of(Path(f"{name}-turn"))
        if not turn.take(most_s):
            raise OperationalError("database is locked")
        self._turn = turn

    def give_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.give()

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002
        return self.connection.cursor(factory=lambda connection: _Cursor(connection, self))

    def _start_transaction_under_autocommit(self) -> None:
        self.take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self.give_turn()
            raise

    def _commit(self) -> Any:
        # A commit that fails is followed by a rollback, which gives the turn.
        done = super()._commit()  # type: ignore[misc]  # not in the stubs
        self.give_turn()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self.give_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self.give_turn()


class _Cursor(base.SQLiteCursorWrapper):
    """Takes the turn for a statement that writes outside a transaction, and gives it at its end."""

    def __init__(self, connection: Any, wrapper: DatabaseWrapper):
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        if not self._alone(query):
            return super().execute(query, params)
        self._wrapper.take_turn()
        try:
            return super().execute(query, params)
        finally:
            self._wrapper.give_turn()

    def executemany(self, query: str, param_list: Any) -> Any:
        if not self._alone(query):
            return super().executemany(query, param_list)
        self._wrapper.take_turn()
        try:
            return super().executemany(query, param_list)
        finally:
            self._wrapper.give_turn()

    def _alone(self, query: str) -> bool:
        """Whether this statement is a transaction of its own that writes."""
        if self._wrapper._turn is not None or self.connection.in_transaction:
            return False
        return not query.lstrip(" \n(").upper().startswith(READS)
