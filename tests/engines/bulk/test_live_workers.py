"""A process that was killed is known to be dead; one that lives is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pandok.engines.bulk import live_workers as alive

CHILD = """
import sys
from pathlib import Path
from pandok.engines.bulk.live_workers import AliveFile
with AliveFile(Path(sys.argv[1]), "child"):
    print("here", flush=True)
    sys.stdin.read()
"""


def test_a_killed_process_is_dead_and_a_living_one_is_not(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "here\n"
    assert alive.left_behind(tmp_path) == []
    assert alive.dead(tmp_path, ["child", "of another machine"]) == []
    child.kill()
    child.communicate()
    assert alive.left_behind(tmp_path) == ["child"]
    assert alive.dead(tmp_path, ["child", "of another machine"]) == ["child"]
    alive.clear(tmp_path, ["child"])
    assert alive.left_behind(tmp_path) == []


def test_who_leaves_takes_the_sign_along(tmp_path: Path) -> None:
    with alive.AliveFile(tmp_path, "me"):
        assert [path.name for path in tmp_path.iterdir()] == ["me.alive"]
    assert list(tmp_path.iterdir()) == []
