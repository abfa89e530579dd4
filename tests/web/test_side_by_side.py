"""Two processes on one address: one that dies is made anew, and none outlives the one that made them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.fields.street.lines import free_port
from tests.own_postgresql import on_store

pytestmark = pytest.mark.slow


@dataclass
class Served:
    process: subprocess.Popen[bytes]
    address: str

    def children(self) -> set[int]:
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return {int(one) for one in told.split()}

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/sign-in/", timeout=30) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def until(holds: Callable[[], bool]) -> None:
    last = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < last, "it did not come"
        time.sleep(0.1)


def command(port: int) -> list[str]:
    return [sys.executable, "-c", f"from pandok.web.serve import serve; serve('127.0.0.1', {port})"]


def environment(home: Path) -> dict[str, str]:
    own = {"PANDOK_SERVERS": "2", "PANDOK_WORKER": "separate", "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings"}
    return os.environ | on_store(home) | own


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command(port), env=environment(tmp_path), stdout=log, stderr=log)
    made = Served(process, f"http://127.0.0.1:{port}")
    until(made.answers)
    yield made
    if process.poll() is None:
        process.kill()
        process.wait()


def test_one_that_dies_is_made_anew_while_the_other_answers(served: Served, tmp_path: Path) -> None:
    before = served.children()
    assert len(before) == 2
    dead = min(before)
    os.kill(dead, signal.SIGKILL)
    assert served.answers()
    until(lambda: len(served.children() - {dead}) == 2)
    assert served.answers()
    port = int(served.address.rpartition(":")[2])
    again = subprocess.run(command(port), env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert again.returncode != 0
    assert f"Another program uses port {port}" in again.stderr
    served.process.terminate()
    assert served.process.wait(timeout=60) == 0
    assert not served.answers()


def test_none_outlives_the_one_that_made_them(served: Served) -> None:
    children = served.children()
    served.process.kill()
    served.process.wait()
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in children))
    assert not served.answers()
