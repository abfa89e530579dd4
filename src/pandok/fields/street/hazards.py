"""What reads the observations of a pole, as ingest asks it: taken in order, saved, restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

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


class Hazard(Protocol):
    """`restore` before the first `take`; raises StoreError for a state that is not its own."""

    @property
    def name(self) -> str: ...
    def take(self, seen: Seen) -> list[Said]: ...
    def saved(self) -> str: ...
    def restore(self, saved: str) -> None: ...


Hazards = Callable[[str, tuple[str, ...]], Sequence[Hazard]]
"""The readers of a pole, by its key and what its sensors observe: each as often as there are sensors of it."""


def alert_id(of: str, reader: str, version: str, onset_ms: int) -> str:
    """The same for every worker, replay and restart. `of`: the pole, or the feeder as `feeder:KEY`."""
    return digest([of, reader, version, onset_ms])[:32]


def none_yet(_pole: str, _observed: tuple[str, ...]) -> Sequence[Hazard]:
    """Health alone is watched."""
    return ()
