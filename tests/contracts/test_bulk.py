"""The bulk of this machine and the one on Ray under one contract, and the real sandbox through it."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from pandok.core.errors import Unavailable
from pandok.engines.bulk import ray_session
from pandok.engines.bulk.local import LocalBulk
from pandok.engines.bulk.open_bulk import open_bulk
from pandok.engines.bulk.ray_bulk import RayBulk
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.bulk.values import Bulk, sha256_of
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import open_sandbox
from tests.contracts import ray_stub
from tests.contracts.bulk import BulkContract, Doubling, results
from tests.fields.lab.acts.submissions.zips import sum_model


class TestLocal(BulkContract):
    def make(self, lanes: int) -> Bulk:  # type: ignore[override]
        return LocalBulk(lanes)


class TestRayAdapter(BulkContract):
    """The adapter with a stand-in for Ray; test_ray_cluster.py has Ray itself."""

    @pytest.fixture(autouse=True)
    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ray_stub.started.clear()
        monkeypatch.setattr(ray_session, "find_spec", lambda _: object())
        monkeypatch.setitem(sys.modules, "ray", ray_stub)

    def make(self, lanes: int) -> Bulk:  # type: ignore[override]
        return RayBulk(lanes)

    def test_ray_may_not_spill_sealed_inputs_to_disk_and_its_actors_end(self) -> None:
        before = len(ray_stub.killed)
        results(self.make(3), Doubling())
        assert ray_stub.started[0]["_system_config"] == {"automatic_object_spilling_enabled": False}
        assert len(ray_stub.killed) - before == 3


def test_the_setting_chooses() -> None:
    assert isinstance(open_bulk("local", lanes=2), LocalBulk)


def test_without_ray_the_setting_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_session, "find_spec", lambda _: None)
    with pytest.raises(Unavailable) as refused:
        open_bulk("ray", lanes=2)
    assert refused.value.error_code == "unavailable.ray"


def test_real_sandboxes_give_the_same_bits_one_by_one_and_side_by_side() -> None:
    sandbox = open_sandbox()
    if sandbox.level == 0:
        pytest.skip("no sandbox can be built on this machine")
    opener = LimitedSandboxes(sandbox, Limits()).opener(sum_model(), 1)
    found = [results(LocalBulk(lanes), opener) for lanes in (1, 2)]
    hashes = [{number: sha256_of(one.outputs["y"]) for number, one in each.items() if one.outputs} for each in found]
    assert hashes[0] == hashes[1]
    assert hashes[0][3] == sha256_of(np.array([[4.0]], np.float32))
