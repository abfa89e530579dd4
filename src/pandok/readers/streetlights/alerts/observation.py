"""One observation of a pole: when, which sensor, which values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Observation:
    """`at_ms`: Unix time by the pole's clock. `values`: by observed property with its unit (`depth_cm`). Values that
    are not finite count as not measured and are left out; an observation without values only says that time went on."""

    at_ms: int
    values: Mapping[str, float]
    sensor: str = ""

    def __post_init__(self) -> None:
        kept = {name: float(value) for name, value in self.values.items() if math.isfinite(value)}
        object.__setattr__(self, "values", kept)

    @property
    def order(self) -> tuple[Any, ...]:
        """A total order, so that what arrives in another sequence is read in the same one."""
        return (self.at_ms, self.sensor, tuple(sorted(self.values.items())))

    def as_json(self) -> list[Any]:
        return [self.at_ms, self.sensor, dict(sorted(self.values.items()))]

    @classmethod
    def of_json(cls, saved: list[Any]) -> Observation:
        return cls(int(saved[0]), saved[2], str(saved[1]))
