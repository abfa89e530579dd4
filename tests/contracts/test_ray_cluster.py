"""Ray itself, as a cluster of two machines' worth on this one: the same bits as local, workers killed, a node lost."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import Unavailable
from pandok.engines.bulk.local import LocalBulk
from pandok.engines.bulk.ray_bulk import RayBulk
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.bulk.values import sha256_of
from pandok.engines.describing.ray_describing import RayDescribing
from pandok.engines.sandbox.codes import SandboxCode, SandboxError
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import open_sandbox
from tests.contracts import describing
from tests.contracts.bulk import Doubling, inputs, results
from tests.contracts.killed import Killed
from tests.fields.lab.acts.submissions.zips import sum_model

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
import ray
from ray.cluster_utils import Cluster

SPILLING = {"automatic_object_spilling_enabled": False}
NODE = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    # Workers import this module for the models below.
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    ray.shutdown()
    made = Cluster(initialize_head=True, head_node_args={**NODE, "_system_config": SPILLING})
    second = made.add_node(**{key: value for key, value in NODE.items() if key != "include_dashboard"})
    ray.init(address=made.address, log_to_driver=False)
    made.wait_for_nodes()
    yield made, second
    ray.shutdown()
    made.shutdown()
    monkeypatch.undo()


def hashes(found: dict[int, Any]) -> dict[int, str]:
    return {number: sha256_of(one.outputs["y"]) for number, one in found.items() if one.outputs}


def test_a_cluster_gives_the_same_bits_as_this_machine_in_real_sandboxes(cluster: Any) -> None:  # noqa: ARG001
    sandbox = open_sandbox()
    opener = LimitedSandboxes(sandbox, Limits()).opener(sum_model(), 1) if sandbox.level else Doubling()
    assert hashes(results(RayBulk(2), opener, 24)) == hashes(results(LocalBulk(1), opener, 24))


def test_a_worker_that_is_killed_takes_no_case_with_it(cluster: Any, tmp_path: Path) -> None:  # noqa: ARG001
    found = results(RayBulk(2), Killed(str(tmp_path), frozenset({3})), 12)
    assert hashes(found) == hashes(results(LocalBulk(1), Doubling(), 12))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_case_that_kills_every_worker_ends_the_run_with_a_reason(cluster: Any, tmp_path: Path) -> None:  # noqa: ARG001
    with pytest.raises(Unavailable) as ended:
        results(RayBulk(2), Killed(str(tmp_path), frozenset({2}), times=99), 6)
    assert ended.value.error_code == "unavailable.ray_worker"


def test_a_lab_without_sandbox_says_so_and_makes_no_case_missing(cluster: Any) -> None:  # noqa: ARG001
    with pytest.raises(SandboxError) as refused:
        results(RayBulk(3), Doubling(loads=False), 4)
    assert refused.value.sandbox_code is SandboxCode.NOT_AVAILABLE


def test_views_are_described_on_both_machines_with_the_same_vectors(cluster: Any) -> None:  # noqa: ARG001
    found = describing.by_number(RayDescribing(describing.files(), 2).described(describing.groups(8)))
    describing.assert_same(found, 8)


def test_a_machine_with_another_encoder_is_named(cluster: Any) -> None:  # noqa: ARG001
    other = dataclasses.replace(describing.files(), fingerprint="0123456789ab")
    with pytest.raises(Unavailable) as refused:
        list(RayDescribing(other, 2).described(describing.groups(3)))
    assert refused.value.error_code == "unavailable.ray_encoder"


def test_a_machine_lost_while_views_are_described_takes_none_with_it(cluster: Any) -> None:
    machines, _ = cluster
    third = machines.add_node(**{key: value for key, value in NODE.items() if key != "include_dashboard"})
    machines.wait_for_nodes()
    run = RayDescribing(describing.files(), 3).described(describing.groups(16))
    results = [next(run) for _ in range(3)]
    machines.remove_node(third, allow_graceful=False)
    describing.assert_same(describing.by_number(iter([*results, *run])), 16)


def test_a_node_that_is_lost_takes_no_case_with_it(cluster: Any) -> None:
    """Last: the cluster has one node less afterwards."""
    run = RayBulk(2).run(Doubling(), inputs(40))
    found = {one.number: one for one in (next(run) for _ in range(8))}
    machines, second = cluster
    machines.remove_node(second, allow_graceful=False)
    for one in run:
        assert one.number not in found
        found[one.number] = one
    assert hashes(found) == hashes(results(LocalBulk(1), Doubling(), 40))
