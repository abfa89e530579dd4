"""One sandbox for all tests here; the self-test behind it runs once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.engines.sandbox.sandbox import Sandbox, open_sandbox
from tests.engines.sandbox.as_user import ORDINARY_UID

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]  # it is built of what Linux offers


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    return open_sandbox()


@pytest.fixture(scope="session")
def as_user() -> Callable[[str], Any]:
    """Run a piece of Python as an ordinary user; what it prints comes back, read as JSON."""

    def run(code: str) -> Any:
        command = [sys.executable, "-c", code]
        if os.geteuid() == 0:
            command = [sys.executable, str(HERE / "as_user.py"), str(ORDINARY_UID), *command]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HOME": "/tmp"}
        done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
