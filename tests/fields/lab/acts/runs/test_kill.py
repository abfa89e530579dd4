"""Thirty kills of real workers over runs in real sandboxes; `python -m benchmarks.kill_runs` does two hundred."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import kill_runs
from pandok.engines.sandbox.sandbox import open_sandbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if open_sandbox().level == 0:
        pytest.skip("no sandbox can be built on this machine")
    return kill_runs.run(30, pauses=2, seed=5, home=tmp_path_factory.mktemp("kill-runs") / "home")


def test_no_run_is_lost_or_scored_twice_and_nothing_sealed_lies_in_clear(found: dict[str, Any]) -> None:
    assert found["problems"] == []


def test_the_kills_met_runs_in_the_middle(found: dict[str, Any]) -> None:
    assert found["kills"] == 30
    assert found["runs"] >= 2
    assert sum(found["died_in"].values()) >= 5
