"""Processes of benchmarks/street_faults.py that are killed and started again, and what the database says of it all.

python -m benchmarks.street_fault_ground      the street's work of a worker, without its pauses
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from tests.fields.street.lines import Lines

NOTHING_GROWS = 4096
"""Bytes that a file may have while the disk is full: every write of the database lies behind them."""


@dataclass
class Ground:
    """Home of the house, its processes, and the database server where it has one of its own."""

    lines: Lines
    database: Any = None

    def start(self, victim: str) -> None:
        match victim:
            case "ingest":
                self.lines.command("ingest", name="ingest")
            case "worker":
                environment = self.lines._environment()
                self.lines._keep("worker", [sys.executable, "-m", "benchmarks.street_fault_ground"], environment)
            case "broker":
                self.lines.start_broker()
            case "database":
                self._start_database()

    def kill(self, victim: str) -> None:
        if victim == "database":
            self._kill_database()
        else:
            self.lines.kill(victim)

    def _kill_database(self) -> None:
        """The postmaster; its processes leave by themselves then, and are waited for."""
        pid = self._database_pid().read_text(encoding="ascii").split()[0]
        others = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        os.kill(int(pid), signal.SIGKILL)
        for _ in range(600):
            if not any(runs(one) for one in (pid, *others)):
                return
            time.sleep(0.1)
        raise SystemExit("a process of the database stayed")

    def _start_database(self) -> None:
        # What the killed one left: the wheel takes its process, where nobody has buried it, for one that runs; and the
        # system frees its memory a moment later.
        for _ in range(100):
            self._database_pid().unlink(missing_ok=True)
            self.database._process._postmaster_info = None
            with suppress(subprocess.CalledProcessError):
                self.database._process.start()
                return
            time.sleep(0.5)
        raise SystemExit("the database does not start again")

    def _database_pid(self) -> Path:
        return Path(self.database._folder) / "data" / "postmaster.pid"

    def fill_disk(self, is_full: bool) -> None:
        """For the ingest alone: files of it grow no more, as on a disk without room."""
        most = NOTHING_GROWS if is_full else resource.RLIM_INFINITY
        resource.prlimit(self.lines.running["ingest"].pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def runs(pid: str) -> bool:
    """False also where nobody has buried it yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@dataclass
class Kept:
    """Of each pole in order of keys: how many messages are kept, in the table or in files of history. A file never
    changes: it is counted once."""

    _counted: dict[str, Counter[str]] = field(default_factory=dict, init=False)

    def __call__(self) -> list[int]:
        from pandok.fields.street.models import HistoryFile, Pole, TakenMessage

        while True:
            before = list(HistoryFile.objects.values_list("name", flat=True))
            rows = Counter(TakenMessage.objects.values_list("pole__key", flat=True))
            if before == list(HistoryFile.objects.values_list("name", flat=True)):
                break  # nothing was packed between
        for name in before:
            rows.update(self._of_file(name))
        return [rows[key] for key in Pole.objects.order_by("key").values_list("key", flat=True)]

    def _of_file(self, name: str) -> Counter[str]:
        from pandok.fields.street.acts.keeping_history import history_folder
        from pandok.settings import settings

        if name not in self._counted:
            table = pl.read_parquet(history_folder(settings().home) / name, columns=["pole"])
            self._counted[name] = Counter(table["pole"].to_list())
        return self._counted[name]


def work() -> None:
    """Until it is killed."""
    import django

    django.setup()
    from django.db import DatabaseError, close_old_connections

    from pandok.fields.street.acts.health import watch
    from pandok.fields.street.acts.keeping_history import history_folder, pack
    from pandok.fields.street.acts.repairing import order_due_repairs, withdraw_ended_repairs
    from pandok.settings import settings

    while True:
        now = datetime.now(UTC)
        try:
            pack(history_folder(settings().home), now=now)
            watch(now)
            order_due_repairs(settings().repair_readers, now)
            withdraw_ended_repairs(now)
        except DatabaseError:
            close_old_connections()
        time.sleep(0.5)


if __name__ == "__main__":
    work()
