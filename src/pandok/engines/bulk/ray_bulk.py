"""Bulk spread over Ray actors, each with a sandbox of its own on its machine.

Inputs are sealed data: Ray must not write them to disk, so that spilling is off, and at most one case for each actor is
under way. A cluster that other people share is no place for sealed data. A worker or a machine that dies takes no case
with it: the case is given to another actor, and only a case that has taken several down ends the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pandok.engines.bulk.crew import Crew
from pandok.engines.bulk.lane import Lane
from pandok.engines.bulk.ray_session import connected, require_ray
from pandok.engines.bulk.values import CaseInput, CaseResult, Open
from pandok.engines.sandbox.codes import SandboxCode, SandboxError


class RayBulk:
    """`open_model` goes to the actors, so that it must be picklable. `address` empty: a Ray of this process."""

    def __init__(self, lanes: int = 1, address: str = ""):
        require_ray()
        self.lanes, self.address = lanes, address

    def run(self, open_model: Open, cases: Iterable[CaseInput]) -> Iterator[CaseResult]:
        """Raises Unavailable where one case has lost too many actors."""
        ray, lanes = connected(self.address, self.lanes)
        actor = ray.remote(num_cpus=1)(_Actor)
        crew: Crew[CaseInput, CaseResult | str] = Crew(ray, lambda: actor.remote(open_model), lanes)
        try:
            for result in crew.results(iter(cases)):
                if isinstance(result, str):
                    raise SandboxError(SandboxCode(result))
                yield result
        finally:
            crew.end()


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
