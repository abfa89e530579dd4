"""Bulk spread over Ray actors, each with a sandbox of its own on its machine.

Inputs are sealed data: Ray must not write them to disk, so that spilling is off, and at most one case for each actor is
under way. A cluster that other people share is no place for sealed data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from pandok.core.errors import Unavailable
from pandok.core.text import Text
from pandok.engines.bulk.lane import Lane
from pandok.engines.bulk.values import CaseInput, CaseResult, Open


class RayBulk:
    """`open_model` goes to the actors, so that it must be picklable. `address` empty: a Ray of this process."""

    def __init__(self, lanes: int = 1, address: str = ""):
        if find_spec("ray") is None:
            raise Unavailable(
                Text(ko="Ray가 설치되어 있지 않습니다.", en="Ray is not installed."),
                Text(
                    ko="Ray를 설치하거나 PANDOK_BULK=local로 두십시오. 결과는 같습니다.",
                    en="Install Ray, or leave PANDOK_BULK=local; the results are the same.",
                ),
                code="unavailable.ray",
            )
        self.lanes, self.address = lanes, address

    def run(self, open_model: Open, cases: Iterable[CaseInput]) -> Iterator[CaseResult]:
        import ray

        if not ray.is_initialized():
            ray.init(
                address=self.address or None,
                include_dashboard=False,
                log_to_driver=False,
                **({} if self.address else {"_system_config": {"automatic_object_spilling_enabled": False}}),
            )
        actors = [ray.remote(num_cpus=1)(_Actor).remote(open_model) for _ in range(self.lanes)]
        free, in_hand = list(actors), dict[Any, Any]()
        try:
            for case in cases:
                if not free:
                    yield _first_done(ray, free, in_hand)
                actor = free.pop()
                in_hand[actor.result.remote(case)] = actor
            while in_hand:
                yield _first_done(ray, free, in_hand)
        finally:
            for actor in actors:
                ray.kill(actor)


class _Actor:
    def __init__(self, open_model: Open):
        self._lane = Lane(open_model).__enter__()

    def result(self, case: CaseInput) -> CaseResult:
        return self._lane.result(case)


def _first_done(ray: Any, free: list[Any], in_hand: dict[Any, Any]) -> CaseResult:
    done = ray.wait(list(in_hand), num_returns=1)[0][0]
    free.append(in_hand.pop(done))
    result: CaseResult = ray.get(done)
    return result
