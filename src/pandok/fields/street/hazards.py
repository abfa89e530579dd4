"""What reads the observations of a pole, as ingest asks it: taken in order, saved, restored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pandok.core.canonical import digest
from pandok.core.text import Text


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading by the corrected clock."""

    sensor: str
    observed: str
    at_ms: int
    value: float


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader found: `change` is raised, higher, lower, cleared or again."""

    alert_id: str
    reader: str
    version: str
    onset_ms: int
    at_ms: int
    change: str
    level: int
    score: float
    reason: Text


@dataclass(frozen=True, slots=True)
class PoleToRead:
    """What is known of a pole when its readers are made. `sensors`: key and observed property of each, in order;
    `settings`: those of its place that differ from the usual ones, a value of ReaderSettings."""

    key: str
    sensors: tuple[tuple[str, str], ...]
    latitude: float | None = None
    longitude: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def count(self, observed: str) -> int:
        return sum(of == observed for _, of in self.sensors)


class Hazard(Protocol):
    """`restore` before the first `take`; raises StoreError for a state that is not its own, and then it is as it was
    made. `left_out`: readings that came too late to be read."""

    @property
    def name(self) -> str: ...
    @property
    def left_out(self) -> int: ...
    def take(self, seen: Seen) -> list[Said]: ...
    def saved(self) -> str: ...
    def restore(self, saved: str) -> None: ...


Hazards = Callable[[PoleToRead], Sequence[Hazard]]
"""The readers of a pole."""


def alert_id(of: str, reader: str, version: str, onset_ms: int) -> str:
    """The same for every worker, replay and restart. `of`: the pole, or the feeder as `feeder:KEY`."""
    return digest([of, reader, version, onset_ms])[:32]


def none_yet(_pole: PoleToRead) -> Sequence[Hazard]:
    """Health alone is watched."""
    return ()
