"""Bulk spread over Ray actors, each with a sandbox of its own on its machine.

Inputs are sealed data: Ray must not write them to disk, so that spilling is off, and at most one case for each actor is
under way. A cluster that other people share is no place for sealed data. A worker or a machine that dies takes no case
with it: the case is given to another actor, and only a case that has taken several down ends the run.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from pandok.core.errors import Unavailable
from pandok.core.text import Text
from pandok.engines.bulk.lane import Lane
from pandok.engines.bulk.values import CaseInput, CaseResult, Open
from pandok.engines.sandbox.codes import SandboxCode, SandboxError

NO_SPILLING = {"automatic_object_spilling_enabled": False}
MOST_LOSSES = 3
"""So often may one case lose its actor before the run ends."""


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
        """Raises Unavailable where one case has lost MOST_LOSSES actors."""
        # A lab tells nobody what it runs.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        import ray

        if not ray.is_initialized():
            ray.init(
                address=self.address or None,
                include_dashboard=False,
                log_to_driver=False,
                **({} if self.address else {"num_cpus": self.lanes, "_system_config": NO_SPILLING}),
            )
        # An actor that finds no place would keep its case for ever.
        places = int(ray.cluster_resources().get("CPU", 1))
        crew = _Crew(ray, open_model, max(1, min(self.lanes, places)))
        try:
            yield from crew.results(iter(cases))
        finally:
            crew.end()


class _Crew:
    """The actors of one run. `again`: cases whose actor died, before any new one."""

    def __init__(self, ray: Any, open_model: Open, lanes: int):
        self._ray, self._open_model = ray, open_model
        self._free = [self._hired() for _ in range(lanes)]
        self._in_hand: dict[Any, tuple[Any, CaseInput]] = {}
        self._again: deque[CaseInput] = deque()
        self._losses: Counter[int] = Counter()

    def results(self, cases: Iterator[CaseInput]) -> Iterator[CaseResult]:
        while True:
            while self._free and (case := self._next(cases)) is not None:
                actor = self._free.pop()
                self._in_hand[actor.result.remote(case)] = (actor, case)
            if not self._in_hand:
                return
            result = self._first_done()
            if result is not None:
                yield result

    def end(self) -> None:
        for actor in [*self._free, *(actor for actor, _ in self._in_hand.values())]:
            self._ray.kill(actor)

    def _next(self, cases: Iterator[CaseInput]) -> CaseInput | None:
        return self._again.popleft() if self._again else next(cases, None)

    def _first_done(self) -> CaseResult | None:
        """None where an actor was lost and its case has to be done again."""
        done = self._ray.wait(list(self._in_hand), num_returns=1)[0][0]
        actor, case = self._in_hand.pop(done)
        try:
            result: CaseResult | str = self._ray.get(done)
        except self._ray.exceptions.RayActorError:
            self._lost(case)
            return None
        self._free.append(actor)
        if isinstance(result, str):
            raise SandboxError(SandboxCode(result))
        return result

    def _lost(self, case: CaseInput) -> None:
        self._losses[case.number] += 1
        if self._losses[case.number] >= MOST_LOSSES:
            raise Unavailable(
                Text(ko="한 사례에서 작업 서버가 거듭 멈추었습니다.", en="Workers died again and again at one case."),
                Text(
                    ko="작업 서버의 메모리와 기록을 확인한 뒤 다시 실행하십시오.",
                    en="Look at the workers' memory and logs, then run it again.",
                ),
                code="unavailable.ray_worker",
            )
        self._again.append(case)
        # Where a machine is gone its place is gone too: those that are left go on, and only nobody waits for a place.
        if not (self._free or self._in_hand) or self._ray.available_resources().get("CPU", 0) >= 1:
            self._free.append(self._hired())

    def _hired(self) -> Any:
        return self._ray.remote(num_cpus=1)(_Actor).remote(self._open_model)


class _Actor:
    """Its sandbox is opened with the first case: what goes wrong then is an answer, not the death of the actor."""

    def __init__(self, open_model: Open):
        self._open_model = open_model
        self._lane: Lane | None = None

    def result(self, case: CaseInput) -> CaseResult | str:
        """The code of a SandboxError as text: an exception with fields of its own does not come through Ray whole."""
        try:
            if self._lane is None:
                self._lane = Lane(self._open_model).__enter__()
            return self._lane.result(case)
        except SandboxError as error:
            return error.sandbox_code.value
