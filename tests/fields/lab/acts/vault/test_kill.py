"""Killed at any step of a deposit: no plain byte lies anywhere, and sending the files again completes it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.fields.lab.acts.vault.killed_deposit import FILES, MARKER
from tests.own_postgresql import dumped_store, on_postgresql, on_store, opened_store, store_of

PROGRAM = Path(__file__).with_name("killed_deposit.py")
STOPS = (1, 2, 4, 5, 6, 7, 9, 13, 17)


def in_clear(home: Path) -> list[Path]:
    """Database, its log, temporary files, everything."""
    if on_postgresql() and MARKER in dumped_store(home):
        return [Path(store_of(home))]
    return [path for path in home.rglob("*") if path.is_file() and MARKER in path.read_bytes()]


@pytest.mark.slow
@pytest.mark.usefixtures("django_db_setup")
def test_killed_again_and_again_nothing_lies_in_clear_and_nothing_is_lost(tmp_path: Path, settings: Any) -> None:
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    if not on_postgresql():
        # The tables as this test run has made them: to migrate once more takes longer than the test.
        with (
            closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as made,
            closing(sqlite3.connect(home / "pandok.db")) as copy,
        ):
            made.backup(copy)
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(home), ",".join(map(str, STOPS))],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(home / "tmp"), **on_store(home)},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["-9"] * len(STOPS)), done.stderr
    assert in_clear(home) == []
    with opened_store(home) as database:
        rows = database.execute("SELECT name, version, sealed_path FROM lab_vaultobject").fetchall()
    wanted = {f"{batch}-{number}.bin" for batch in range(len(STOPS)) for number in range(FILES)}
    assert sorted((name, version) for name, version, _ in rows) == sorted((name, 1) for name in wanted)
    assert all((home / "vault" / "objects" / path).is_file() for _, _, path in rows)
