"""Poles of benchmarks/street_faults.py: each with its spool on disk, all driven by one process.

Message n of a pole is known from its number alone: a minute of its own time after the one before, water that rises and
runs off every four hours. So that a benchmark that was stopped goes on where it was, and what was kept can be compared
with what was measured.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pandok.engines.broker.address import broker_address
from pandok.engines.broker.client import BrokerClient, Delivered
from pandok.fields.street.messages import topic_of
from pandok.fields.street.pole_end import PoleEnd
from pandok.fields.street.spool import PoleSpool

MINUTE_MS = 60_000
EPISODE = 240
"""Messages from one flood to the next."""
RISES, DEEP, FALLS = 60, 70, 90
RESEND_S = 0.5


def depth_cm(pole: int, number: int) -> float:
    """A film, then 2.4 cm more with each message up to 24 cm, then a film again.

    >>> [depth_cm(0, n) for n in (8, 65, 80, 100)]
    [0.0, 12.0, 24.0, 0.0]
    """
    place = (number + 37 * pole) % EPISODE
    if place < RISES or place >= FALLS:
        return 0.2 * (number % 4)
    return round(2.4 * (min(place, DEEP) - RISES), 1)


@dataclass
class Cut:
    """A line that can be cut: nothing goes out, nothing comes in."""

    client: BrokerClient
    is_cut: bool = False

    @property
    def is_connected(self) -> bool:
        return not self.is_cut and self.client.is_connected

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:
        return self.is_connected and self.client.publish(topic, payload, kept=kept)

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:
        found = self.client.arrived(most, wait_s)
        return [] if self.is_cut else found


@dataclass
class Poles:
    """`begins_ms`: of the first message, in the past. `ahead_ms`: by how much the clock of every pole is wrong."""

    keys: Sequence[str]
    addresses: Sequence[str]
    folder: Path
    begins_ms: int
    ahead_ms: int = 0
    ends: list[PoleEnd] = field(default_factory=list)

    def start(self) -> None:
        for key, address in zip(self.keys, self.addresses, strict=True):
            client = BrokerClient(broker_address(address), name=f"pole-{key}", topics=[topic_of(key, "ack")])
            client.start()
            self.ends.append(PoleEnd(key, PoleSpool(self.folder / f"{key}.db"), Cut(client), resend_s=RESEND_S))

    def stop(self) -> None:
        for one in self.ends:
            one.line.client.stop()  # type: ignore[attr-defined]  # a Cut
            one.spool.close()

    def cut(self, is_cut: bool) -> None:
        for one in self.ends:
            one.line.is_cut = is_cut  # type: ignore[attr-defined]  # a Cut

    def measure(self) -> None:
        for pole, one in enumerate(self.ends):
            number = one.spool.last + 1
            at_ms = self.at_ms(number) + self.ahead_ms
            one.measured("level-1", "depth_cm", "cm", depth_cm(pole, number), at_ms)

    def turn(self) -> None:
        for one in self.ends:
            one.turn(time.monotonic(), round(time.time() * 1000) + self.ahead_ms, wait_s=0.001)

    def at_ms(self, number: int) -> int:
        return self.begins_ms + number * MINUTE_MS

    def waiting(self) -> int:
        return sum(len(one.spool.waiting(100_000)) for one in self.ends)

    def forgotten(self) -> list[int]:
        """Of each pole: how many messages it gave up because they are said to be kept."""
        return [one.spool.last - len(one.spool.waiting(100_000)) for one in self.ends]

    def measured(self) -> dict[str, list[float]]:
        """All depths of each pole, from its first message on."""
        return {
            one.key: [depth_cm(pole, number) for number in range(1, one.spool.last + 1)]
            for pole, one in enumerate(self.ends)
        }
