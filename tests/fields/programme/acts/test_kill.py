"""A few kills of a process that leads programmes; `python -m benchmarks.kill_programme` does a hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import kill_programme


@pytest.mark.slow
def test_nothing_that_was_said_is_lost_and_nothing_is_half_done(tmp_path: Path) -> None:
    found = kill_programme.run(5, seed=3, home=tmp_path / "home")
    assert found["problems"] == []
    assert sum(found["died_after"].values()) == 5
    assert found["acknowledged"] > 10
