"""`pandok worker` as people and service managers start it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.own_postgresql import on_store

LONGEST_S = 90


def environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    return own | on_store(home) | {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from pandok.cli.main import main; main()", *arguments]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_once_does_what_is_due_and_ends(home: Path) -> None:
    ask = (
        "from pandok.cli.terminal import start_django; start_django()\n"
        "from datetime import UTC, datetime\n"
        "from pandok.common.messages.deliveries import queue_mail\n"
        "queue_mail(recipient='a@example.com', subject='s', body_text='b', key='k', actor='a', now=datetime.now(UTC))"
    )
    subprocess.run([sys.executable, "-c", ask], env=environment(home), cwd=home, check=True)
    once = command("--language", "en", "worker", "--once", "--kinds", "mail.send")
    done = subprocess.run(once, env=environment(home), cwd=home, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 job(s) taken.\n"
    assert len(list((home / "mail").glob("*.eml"))) == 1


def test_an_unknown_kind_is_told(home: Path) -> None:
    wrong = command("worker", "--kinds", "mail.snd")
    done = subprocess.run(wrong, env=environment(home), cwd=home, capture_output=True, text=True)
    assert done.returncode == 2
    assert "[request.job_kind]" in done.stderr
    assert "mail.send" in done.stderr
    assert "Traceback" not in done.stderr


def test_sigterm_lets_it_leave_in_order(home: Path) -> None:
    worker = subprocess.Popen(command("worker"), env=environment(home), cwd=home, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + LONGEST_S
    while not list((home / "workers").glob(f"*-{worker.pid}-*.alive")):
        assert time.monotonic() < end
        assert worker.poll() is None
        time.sleep(0.02)
    worker.send_signal(signal.SIGTERM)
    _, told = worker.communicate(timeout=LONGEST_S)
    assert (worker.returncode, told) == (0, "")
    assert list((home / "workers").iterdir()) == []


def test_a_server_that_is_told_to_end_waits_for_its_workers(home: Path, free_port: int) -> None:
    """As systemd and container hosts end it: no job in hand is cut off, nothing is left running."""
    place = environment(home)
    server = subprocess.Popen(
        command("serve", "--port", str(free_port)), env=place, cwd=home, stderr=subprocess.PIPE, text=True
    )
    end = time.monotonic() + LONGEST_S
    while not (workers := list((home / "workers").glob("*.alive"))):
        assert time.monotonic() < end
        assert server.poll() is None
        time.sleep(0.05)
    server.send_signal(signal.SIGTERM)
    _, told = server.communicate(timeout=LONGEST_S)
    assert (server.returncode, told) == (0, ""), workers
    assert list((home / "workers").iterdir()) == []


def test_a_port_that_is_taken_is_told_and_no_worker_begins(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = command("--language", "en", "serve", "--port", str(taken.getsockname()[1]))
        done = subprocess.run(words, env=environment(home), cwd=home, capture_output=True, text=True)
    assert done.returncode == 3
    assert "[unavailable.address]" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((home / "workers").iterdir()) == []


@pytest.fixture
def free_port() -> int:
    with socket.socket() as any_free:
        any_free.bind(("127.0.0.1", 0))
        return int(any_free.getsockname()[1])
