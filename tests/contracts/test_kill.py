"""A few kills of the real server, worker and writer; `python -m benchmarks.kill_nine` does two hundred."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import kill_nine
from benchmarks.kill_operations import OPERATIONS
from tests.own_postgresql import store_of


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("kill") / "home"
    return kill_nine.run(5, seed=3, home=home, store=store_of(home), mail="smtp")


@pytest.mark.slow
def test_nothing_is_lost_doubled_or_sent_twice(found: dict[str, Any]) -> None:
    assert found["problems"] == []
    assert found["jobs_left"] == 0


@pytest.mark.slow
def test_every_victim_was_killed_and_every_operation_written(found: dict[str, Any]) -> None:
    assert sum(found["kills"].values()) == 5
    assert set(found["kills"]) == set(kill_nine.VICTIMS)
    assert set(found["acknowledged"]) == {operation.name for operation in OPERATIONS}
    assert found["found"]["audit_entries"] >= found["acknowledged"]["mail"]
