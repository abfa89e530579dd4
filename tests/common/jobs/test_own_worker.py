"""The worker beside the server: started with it, started again when it dies, gone when the server is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pandok.common.jobs.own_worker import WorkerBeside

LONGEST_S = 60
CHILD = """
import os, sys
with open(sys.argv[1], "a") as file:
    print(os.getpid(), file=file)
while os.read(0, 1):
    pass
with open(sys.argv[1], "a") as file:
    print("stopped", file=file)
"""


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_S
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def lines(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


@pytest.fixture
def command(tmp_path: Path) -> tuple[str, ...]:
    return (sys.executable, "-c", CHILD, str(tmp_path / "told"))


def test_it_stops_with_the_block(tmp_path: Path, command: tuple[str, ...]) -> None:
    with WorkerBeside(command):
        wait_for(lambda: len(lines(tmp_path / "told")) == 1)
    assert lines(tmp_path / "told")[1:] == ["stopped"]


def test_it_is_started_again_when_it_was_killed(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pandok.common.jobs.own_worker.WORTH_WAITING_S", 0.01)
    with WorkerBeside(command):
        wait_for(lambda: len(lines(tmp_path / "told")) == 1)
        os.kill(int(lines(tmp_path / "told")[0]), signal.SIGKILL)
        wait_for(lambda: len(lines(tmp_path / "told")) == 2)
    assert lines(tmp_path / "told")[2:] == ["stopped"]


def test_it_stops_when_the_server_is_killed(tmp_path: Path, command: tuple[str, ...]) -> None:
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import sys
                from pandok.common.jobs.own_worker import WorkerBeside
                with WorkerBeside(tuple(sys.argv[1:])):
                    sys.stdin.read()
            """),
            *command,
        ],
        stdin=subprocess.PIPE,
    )
    wait_for(lambda: len(lines(tmp_path / "told")) == 1)
    server.kill()
    server.communicate()
    wait_for(lambda: lines(tmp_path / "told")[1:] == ["stopped"])
