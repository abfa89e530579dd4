"""Ray actors that share one pile of work; what an actor that dies had in hand is given to another."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from pandok.core.errors import Unavailable
from pandok.core.text import Text

MOST_LOSSES = 3
"""So often may one piece of work lose its actor before the run ends."""


class Numbered(Protocol):
    @property
    def number(self) -> int: ...


Work = TypeVar("Work", bound=Numbered)
Result = TypeVar("Result")


class Crew(Generic[Work, Result]):
    """`hire` makes one actor, whose `result(work)` gives a Result; `lanes` of them work side by side."""

    def __init__(self, ray: Any, hire: Callable[[], Any], lanes: int):
        self._ray, self._hire = ray, hire
        self._free = [hire() for _ in range(lanes)]
        self._in_hand: dict[Any, tuple[Any, Work]] = {}
        self._again: deque[Work] = deque()
        self._losses: Counter[int] = Counter()

    def results(self, work: Iterator[Work]) -> Iterator[Result]:
        """One result for each piece, in any order. Raises Unavailable where one piece has lost MOST_LOSSES actors."""
        while True:
            while self._free and (piece := self._next(work)) is not None:
                actor = self._free.pop()
                self._in_hand[actor.result.remote(piece)] = (actor, piece)
            if not self._in_hand:
                return
            yield from self._first_done()

    def end(self) -> None:
        for actor in [*self._free, *(actor for actor, _ in self._in_hand.values())]:
            self._ray.kill(actor)

    def _next(self, work: Iterator[Work]) -> Work | None:
        return self._again.popleft() if self._again else next(work, None)

    def _first_done(self) -> Iterator[Result]:
        """Nothing where an actor was lost and its work has to be done again."""
        done = self._ray.wait(list(self._in_hand), num_returns=1)[0][0]
        actor, piece = self._in_hand.pop(done)
        try:
            result: Result = self._ray.get(done)
        except (self._ray.exceptions.RayActorError, self._ray.exceptions.ObjectLostError):
            # A machine may go with a result that was ready and not yet fetched: that is lost with it.
            self._lost(piece)
            return
        self._free.append(actor)
        yield result

    def _lost(self, piece: Work) -> None:
        self._losses[piece.number] += 1
        if self._losses[piece.number] >= MOST_LOSSES:
            raise Unavailable(
                Text(
                    ko="한 작업에서 작업 서버가 거듭 멈추었습니다.",
                    en="Workers died again and again at one piece of work.",
                ),
                Text(
                    ko="작업 서버의 메모리와 기록을 확인한 뒤 다시 실행하십시오.",
                    en="Look at the workers' memory and logs, then run it again.",
                ),
                code="unavailable.ray_worker",
            )
        self._again.append(piece)
        # Where a machine is gone its place is gone too: those that are left go on, and only nobody waits for a place.
        if not (self._free or self._in_hand) or self._ray.available_resources().get("CPU", 0) >= 1:
            self._free.append(self._hire())
