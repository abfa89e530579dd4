"""A real Mosquitto, an ingest and poles as processes that can be killed at any moment."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


def need_mosquitto() -> str:
    if MOSQUITTO is None:
        if os.environ.get("PANDOK_TESTS_REQUIRE_ALL"):
            pytest.fail("Mosquitto is not installed: apt-get install mosquitto")
        pytest.skip("Mosquitto is not installed: apt-get install mosquitto")
    return MOSQUITTO


SET_UP = """
import sys
from datetime import UTC, datetime
import django
from typer.testing import CliRunner
django.setup()
from pandok.web.database_tables import bring_up_to_date
bring_up_to_date()
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, new_password, open_test_bed, register_pole
from pandok.fields.street.cli import app
from pandok.fields.street.orders import DeviceKind
port, folder, *poles = sys.argv[1:]
now = datetime.now(UTC)
bed = open_test_bed(code="buk", name_ko="buk", name_en="buk", question="", actor=None, now=now)
for key in poles:
    kinds = tuple(DeviceKind)
    facts = PoleFacts(key, sensors=(SensorFacts("level-1", "depth_cm"),), acting=kinds)
    register_pole(bed, facts, actor=None, now=now)
    print(key, new_password(key, actor=None, reason="first installation", now=now))
done = CliRunner().invoke(app, ["broker-files", folder, "--port", port])
assert done.exit_code == 0, done.exception
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Lines:
    home: Path
    port: int
    password: dict[str, str] = field(default_factory=dict)
    store: str = ""
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def broker(self) -> str:
        return f"mqtt://pandok:desk-word@127.0.0.1:{self.port}"

    def address(self, pole: str, word: str = "") -> str:
        return f"mqtt://{pole}:{word or self.password[pole]}@127.0.0.1:{self.port}"

    def set_up(self, poles: list[str]) -> None:
        """Tables, poles with a level sensor each, their passwords, and the broker's files; in one process."""
        words = " ".join(poles)
        said = self.run(["-c", SET_UP, str(self.port), str(self.home / "broker"), *words.split()])
        self.password = dict(line.split(" ") for line in said.splitlines() if line.count(" ") == 1)

    def command(self, *words: str, name: str) -> None:
        """A command of `pandok street` that keeps running under a name."""
        call = [sys.executable, "-c", "from pandok.cli.main import main; main()", "street", *words]
        self._keep(name, call, self._environment())

    def run(self, words: list[str]) -> str:
        call = [sys.executable, *words]
        done = subprocess.run(call, env=self._environment(), check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "PANDOK_HOME": str(self.home),
            "PANDOK_STREET_BROKER": self.broker,
            "PANDOK_STORE": self.store,
            "PANDOK_LANGUAGE": "en",
            "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings",
        }

    def start_broker(self) -> None:
        self._keep("broker", [need_mosquitto(), "-c", str(self.home / "broker" / "mosquitto.conf")], dict(os.environ))

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def until(self, holds: Callable[[], bool], most_s: float = 120) -> None:
        """Wait for what must come; the time is only there so that a test that fails ends."""
        last = time.monotonic() + most_s
        while not holds():
            assert time.monotonic() < last, "it did not come"
            time.sleep(0.1)

    def _keep(self, name: str, call: list[str], environment: dict[str, str]) -> None:
        log = (self.home / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(call, env=environment, stdout=log, stderr=log)
