"""Writers on SQLite take turns: none is lost, none waits for one that is gone, and readers wait for nobody."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from pandok.common.sqlite_in_turn.base import DatabaseWrapper
from pandok.web.database import database

pytestmark = pytest.mark.django_db

PROGRAM = """
import os, sys, time
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.django_settings"
django.setup()
from pathlib import Path
from tests.common.test_sqlite_in_turn import adds, opened
adds(Path(sys.argv[1]), int(sys.argv[2]))
with opened(Path(sys.argv[1])) as one:
    if sys.argv[3] == "stays":
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        print("in turn", flush=True)
        time.sleep(60)
"""


@contextmanager
def opened(home: Path, timeout: float = 20) -> Iterator[DatabaseWrapper]:
    options = {**database("", home)["OPTIONS"], "timeout": timeout, "init_command": "PRAGMA journal_mode=WAL;"}
    whole = {**connections["default"].settings_dict, "NAME": home / "pandok.db", "OPTIONS": options}
    made = DatabaseWrapper(whole, "turns")
    try:
        yield made
    finally:
        made.close()


def adds(home: Path, times: int) -> None:
    """Half in transactions, half as single statements."""
    with opened(home) as one:
        for number in range(times):
            if number % 2:
                one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            with one.cursor() as cursor:
                cursor.execute("UPDATE counted SET n = n + %s", [1])
            if number % 2:
                one.commit()
                one.set_autocommit(True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with opened(tmp_path) as one, one.cursor() as cursor:
        cursor.execute("CREATE TABLE counted (n INTEGER)")
        cursor.execute("INSERT INTO counted VALUES (0)")
    return tmp_path


def counted(home: Path) -> int:
    with opened(home) as one, one.cursor() as cursor:
        return int(cursor.execute("SELECT n FROM counted").fetchone()[0])


def started(home: Path, times: int, then: str = "ends") -> subprocess.Popen[str]:
    program = (
        f"import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'tests.django_settings'\ndjango.setup()\n{PROGRAM}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, str(home), str(times), then], stdout=subprocess.PIPE, text=True
    )


def test_threads_and_processes_lose_no_write(home: Path) -> None:
    others = [started(home, 30), started(home, 30)]
    threads = [threading.Thread(target=adds, args=(home, 30)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.wait(120) for one in others] == [0, 0]
    assert counted(home) == 5 * 30


def test_the_turn_of_a_killed_process_is_free_and_readers_never_waited_for_it(home: Path) -> None:
    other = started(home, 0, "stays")
    assert other.stdout is not None
    assert other.stdout.readline() == "in turn\n"
    assert counted(home) == 0
    with opened(home, timeout=0.2) as one, pytest.raises(OperationalError, match="locked"), one.cursor() as cursor:
        cursor.execute("UPDATE counted SET n = 7")
    other.kill()
    other.wait()
    adds(home, 4)
    assert counted(home) == 4


def test_what_is_rolled_back_or_broken_off_gives_the_turn(home: Path) -> None:
    with opened(home) as one:
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        one.rollback()
        one.set_autocommit(True)
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with opened(home, timeout=0.2) as one:
        with pytest.raises(OperationalError), one.cursor() as cursor:
            cursor.execute("UPDATE nowhere SET n = 1")
        adds(home, 2)
    assert counted(home) == 2


def test_on_a_disk_that_takes_no_file_sqlite_itself_has_the_word(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    from pandok.common.sqlite_in_turn import turn

    def full(*_: object) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(turn.Turn, "_of_path", {})
    monkeypatch.setattr(turn.os, "open", full)
    adds(home, 4)
    assert counted(home) == 4
