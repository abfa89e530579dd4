"""Whatever dies first, no child is left; whatever is left open outside does not reach the child."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from pandok.engines.sandbox.limits import MIB, Limits
from pandok.engines.sandbox.loaded_model import Running
from pandok.engines.sandbox.sandbox import Sandbox
from tests.engines.onnx_gate.corpus import good

SMALL = Limits(memory_bytes=512 * MIB, input_bytes=MIB, output_bytes=4096)
CASE = np.ones((1, 4), np.float32)
ROOT = Path(__file__).resolve().parents[3]
_LAB = """
import sys
import numpy as np
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import open_sandbox
from tests.engines.sandbox import models
running = open_sandbox().load(models.endless_loop(), Limits(seconds_per_case=60))
print("loaded", flush=True)
running.run({"x": np.ones((1, 4), np.float32)})
"""


def children_of(pid: int) -> list[int]:
    found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return found + [inner for one in found for inner in children_of(one)]


def sandboxes() -> list[int]:
    """Watchers and children of this process; a browser that other tests have open is none."""
    found = []
    for pid in children_of(os.getpid()):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:  # ended meanwhile
            continue
        if b"pandok.engines.sandbox" in command:
            found.append(pid)
    return found


def have_ended(handles: list[int]) -> bool:
    """Whether every process of which a handle is held ends within ten seconds."""
    return all(select.select([handle], [], [], 10)[0] for handle in handles)


@pytest.fixture
def lab() -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.Popen([sys.executable, "-c", _LAB], env=environment, stdout=subprocess.PIPE, text=True)


def test_kill_of_the_lab_leaves_no_child_even_one_that_is_computing(lab: subprocess.Popen[str]) -> None:
    assert lab.stdout is not None
    assert lab.stdout.readline() == "loaded\n"
    children = children_of(lab.pid)
    assert len(children) == 2  # the watcher and the child
    handles = [os.pidfd_open(one) for one in children]
    lab.kill()
    lab.wait()
    assert have_ended(handles)


@pytest.mark.parametrize("which", ["watcher", "child"])
def test_kill_of_one_ends_the_other(which: str, sandbox: Sandbox) -> None:
    running = sandbox.load(good(), SMALL)
    watcher, child = sorted(sandboxes())[-2:]
    handles = [os.pidfd_open(watcher), os.pidfd_open(child)]
    os.kill(watcher if which == "watcher" else child, signal.SIGKILL)
    assert have_ended(handles[1:])
    running.close()
    assert have_ended(handles)


def test_the_end_of_the_thread_that_started_it_does_not_end_the_child(sandbox: Sandbox) -> None:
    kept: list[Running] = []
    thread = threading.Thread(target=lambda: kept.append(sandbox.load(good(), SMALL)))
    thread.start()
    thread.join()
    with kept[0] as running:
        assert np.array_equal(running.run({"x": CASE})["y"], CASE + 1)


def test_nothing_stays_open_after_many_runs(sandbox: Sandbox) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(2):
        with sandbox.load(good(), SMALL) as running:
            running.run({"x": CASE})
    assert len(os.listdir("/proc/self/fd")) <= before + 1
    assert sandboxes() == []


def test_two_at_once_are_two_persons(sandbox: Sandbox) -> None:
    with sandbox.load(good(), SMALL) as first, sandbox.load(good(), SMALL) as second:
        found = [pid for pid in sandboxes() if not children_of(pid)]
        status = [Path(f"/proc/{pid}/status").read_text(encoding="ascii") for pid in found]
        uids = {line for text in status for line in text.splitlines() if line.startswith("Uid:")}
        assert len(found) == 2
        assert len(uids) == (2 if os.geteuid() == 0 else 1)
        assert np.array_equal(first.run({"x": CASE})["y"], second.run({"x": CASE})["y"])


def test_the_child_holds_no_right_and_no_open_door(sandbox: Sandbox) -> None:
    """As the host sees it: no capability of any kind, no way to gain one, the filter on every thread."""
    with sandbox.load(good(), SMALL):
        child = next(pid for pid in sandboxes() if not children_of(pid))
        status = dict(
            line.split(":\t", 1) for line in Path(f"/proc/{child}/status").read_text(encoding="ascii").splitlines()
        )
        assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
        assert (status["NoNewPrivs"], status["Seccomp"], status["Threads"]) == ("1", "2", "1")
        if os.geteuid() == 0:
            assert set(status["Uid"].split()) & {"0"} == set()
            targets = {os.readlink(f"/proc/{child}/fd/{fd}") for fd in os.listdir(f"/proc/{child}/fd")}
            assert all(one.startswith(("pipe:", "/memfd:")) or one == "/dev/null" for one in targets)
            assert os.listdir(f"/proc/{child}/root") == []
