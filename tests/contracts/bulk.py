"""What every bulk must do: one result a case, the same outputs, failures named, a fresh sandbox after one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pytest

from pandok.engines.bulk.values import Bulk, CaseInput, CaseResult, Open, Running, Tensors, sha256_of
from pandok.engines.sandbox.codes import SandboxCode, SandboxError


@dataclass(frozen=True)
class Doubling:
    """Picklable, as an opener must be. Fails on the given numbers, and after a failure until it is opened again."""

    crashes_at: frozenset[int] = frozenset()
    loads: bool = True

    @contextmanager
    def __call__(self) -> Iterator[Running]:
        if not self.loads:
            raise SandboxError(SandboxCode.NOT_AVAILABLE)
        yield _Running(self.crashes_at)


class _Running:
    def __init__(self, crashes_at: frozenset[int]):
        self._crashes_at, self._gone = crashes_at, False

    def run(self, inputs: Tensors) -> Tensors:
        number = int(inputs["x"][0, 0])
        self._gone = self._gone or number in self._crashes_at
        if self._gone:
            raise SandboxError(SandboxCode.CRASHED)
        return {"y": np.asarray(inputs["x"]) * 2}


def inputs(count: int) -> Iterator[CaseInput]:
    return (CaseInput(one, {"x": np.array([[one, one / 3]], np.float32)}) for one in range(count))


def results(bulk: Bulk, open_model: Open, count: int = 40) -> dict[int, CaseResult]:
    found: dict[int, CaseResult] = {}
    for result in bulk.run(open_model, inputs(count)):
        assert result.number not in found
        found[result.number] = result
    return found


class BulkContract:
    """Give `make`: a bulk with so many lanes."""

    make: Callable[[int], Bulk]

    @pytest.mark.parametrize("lanes", [1, 3])
    def test_every_case_has_one_result_with_the_same_bits(self, lanes: int) -> None:
        found = results(self.make(lanes), Doubling())
        assert sorted(found) == list(range(40))
        for number, result in found.items():
            assert result.outputs is not None
            assert sha256_of(result.outputs["y"]) == sha256_of(np.array([[number, number / 3]], np.float32) * 2)
            assert not result.code

    @pytest.mark.parametrize("lanes", [1, 3])
    def test_a_case_that_brings_the_sandbox_down_is_the_only_one_without_output(self, lanes: int) -> None:
        found = results(self.make(lanes), Doubling(frozenset({7, 8, 30})))
        failed = {number: result.code for number, result in found.items() if result.outputs is None}
        assert failed == dict.fromkeys((7, 8, 30), "sandbox.crashed")

    @pytest.mark.parametrize("lanes", [1, 3])
    def test_no_case_is_asked_for_long_before_its_turn(self, lanes: int) -> None:
        asked, given = 0, 0

        def counted() -> Iterator[CaseInput]:
            nonlocal asked
            for one in inputs(40):
                asked += 1
                assert asked - given <= 2 * lanes + 1
                yield one

        for _ in self.make(lanes).run(Doubling(), counted()):
            given += 1
        assert given == 40

    def test_no_cases_give_no_results(self) -> None:
        assert results(self.make(2), Doubling(), 0) == {}

    @pytest.mark.parametrize("lanes", [1, 3])
    def test_a_lab_without_sandbox_says_so_and_makes_no_case_missing(self, lanes: int) -> None:
        with pytest.raises(SandboxError) as refused:
            results(self.make(lanes), Doubling(loads=False))
        assert refused.value.sandbox_code is SandboxCode.NOT_AVAILABLE

    def test_who_stops_in_the_middle_leaves_nothing_running(self) -> None:
        run = self.make(3).run(Doubling(), inputs(40))
        next(iter(run))
        run.close()  # type: ignore[attr-defined]
