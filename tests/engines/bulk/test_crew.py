"""A crew whose Ray is a value: what is lost on the way back is done again, and not for ever."""

from __future__ import annotations

import dataclasses
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
import ray.exceptions

from pandok.core.errors import Unavailable
from pandok.engines.bulk.crew import MOST_LOSSES, Crew

LOST = ray.exceptions.ObjectReconstructionFailedError("0" * 56, None, "")
DEAD = ray.exceptions.RayActorError()


@dataclasses.dataclass(frozen=True)
class Piece:
    number: int


class Handle:
    """What a call gives at once, as Ray's ObjectRef: every call has its own."""

    def __init__(self, piece: Piece):
        self.piece = piece


class RayThatLoses:
    """Gives each result at once; `losses[number]` times an exception instead."""

    exceptions = ray.exceptions

    def __init__(self, losses: dict[int, int], exception: Exception):
        self._losses, self._exception = Counter(losses), exception
        self.hired = 0

    def hire(self) -> Any:
        self.hired += 1
        return SimpleNamespace(result=SimpleNamespace(remote=Handle))

    def wait(self, handles: list[Handle], num_returns: int) -> tuple[list[Handle], list[Handle]]:
        return handles[:num_returns], handles[num_returns:]

    def get(self, handle: Handle) -> int:
        number = handle.piece.number
        if self._losses[number]:
            self._losses[number] -= 1
            raise self._exception
        return int(number * 2)

    def available_resources(self) -> dict[str, float]:
        return {"CPU": 1.0}

    def kill(self, actor: Any) -> None:
        pass


@pytest.mark.parametrize("exception", [LOST, DEAD], ids=["result", "actor"])
def test_what_is_lost_is_done_again_by_another(exception: Exception) -> None:
    machine = RayThatLoses({1: 1, 4: MOST_LOSSES - 1}, exception)
    crew: Crew[Piece, int] = Crew(machine, machine.hire, 2)
    assert sorted(crew.results(map(Piece, range(6)))) == [0, 2, 4, 6, 8, 10]
    assert machine.hired == 2 + MOST_LOSSES


@pytest.mark.parametrize("exception", [LOST, DEAD], ids=["result", "actor"])
def test_a_piece_that_is_lost_again_and_again_ends_the_run(exception: Exception) -> None:
    machine = RayThatLoses({2: 99}, exception)
    crew: Crew[Piece, int] = Crew(machine, machine.hire, 2)
    with pytest.raises(Unavailable) as ended:
        list(crew.results(map(Piece, range(6))))
    assert ended.value.error_code == "unavailable.ray_worker"
