"""Late and out-of-order observations: held until nothing earlier can come, then given on in one order.

An observation is given on when another one is more than `lateness_ms` younger. So splitting a stream into other
messages, shuffling it within the lateness, and stopping in between change nothing. With a lateness of 0 the order of
arrival must be that of time. An observation that comes later than stated is counted and left out: it would change the
past.

A clock that runs ahead makes true observations look late. Times in the future are for the ingest to hold back, which
knows the time of arrival.
"""

from __future__ import annotations

import heapq
from typing import Any

from pandok.readers.streetlights.alerts.observation import Observation


class InOrder:
    def __init__(self, lateness_ms: int):
        if lateness_ms < 0:
            raise ValueError("a lateness is not negative")
        self.lateness_ms = lateness_ms
        self.too_late = 0
        self.doubled = 0
        self._newest_ms: int | None = None
        self._held: list[tuple[tuple[Any, ...], Observation]] = []
        self._last: tuple[int, dict[str, tuple[Any, ...]]] = (-(2**63), {})

    def take(self, observation: Observation) -> list[Observation]:
        """Observations that can now be read, oldest first."""
        if self._newest_ms is not None and observation.at_ms < self._newest_ms - self.lateness_ms:
            self.too_late += 1
            return []
        heapq.heappush(self._held, (observation.order, observation))
        return self._to(observation.at_ms)

    def advance(self, at_ms: int) -> list[Observation]:
        """Nothing older than `at_ms` − lateness comes any more: what was held is given on."""
        return self._to(at_ms)

    def _to(self, at_ms: int) -> list[Observation]:
        self._newest_ms = at_ms if self._newest_ms is None else max(at_ms, self._newest_ms)
        # With a lateness, one more of the same millisecond may still come; without, the order of arrival is that of
        # time.
        until = self._newest_ms - self.lateness_ms + (1 if self.lateness_ms == 0 else 0)
        given: list[Observation] = []
        while self._held and self._held[0][1].at_ms < until:
            order, one = heapq.heappop(self._held)
            at, seen = self._last
            if at != one.at_ms:
                seen = {}
                self._last = (one.at_ms, seen)
            # One sensor has one value of a property at a time: a message that was sent twice is read once.
            which = "|".join((one.sensor, *sorted(one.values)))
            if which in seen:
                self.doubled += 1
                continue
            seen[which] = order
            given.append(one)
        return given

    def state(self) -> dict[str, Any]:
        return {
            "newest_ms": self._newest_ms,
            "held": [one.as_json() for _, one in sorted(self._held, key=lambda item: item[0])],
            "last": [self._last[0], sorted(self._last[1])],
            "too_late": self.too_late,
            "doubled": self.doubled,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._newest_ms = state["newest_ms"]
        held = [Observation.of_json(one) for one in state["held"]]
        self._held = [(one.order, one) for one in held]
        heapq.heapify(self._held)
        self._last = (state["last"][0], dict.fromkeys(state["last"][1], ()))
        self.too_late, self.doubled = state["too_late"], state["doubled"]
