"""Article: a mesh with its names, and the knobs (discrete choices and continuous measures) that made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pandok.demo.articles.shapes.mesh import Mesh, Part
from pandok.demo.articles.shapes.solids import Solid

Pieces = list[tuple[Solid, Part]]


class Knobs:
    """What a builder asks for: `choice(name)` and `real(name, low, high)`, drawn once and recorded.

    Values given beforehand are kept, so the same record builds the same article again; with `jitter`
    above 0 a kept real moves by that share of its range.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        options: Mapping[str, tuple[str, ...]],
        choices: Mapping[str, str] | None = None,
        reals: Mapping[str, float] | None = None,
        jitter: float = 0.0,
    ):
        self._rng = rng
        self._jitter = jitter
        self._known = dict(reals or {})
        given = dict(choices or {})
        self.choices = {k: given.get(k) or str(v[int(rng.integers(len(v)))]) for k, v in options.items()}
        self.reals: dict[str, float] = {}

    def choice(self, name: str) -> str:
        return self.choices[name]

    def real(self, name: str, low: float, high: float) -> float:
        """A measure between `low` and `high`."""
        if name not in self.reals:
            value = self._known.get(name)
            if value is None:
                value = float(self._rng.uniform(low, high))
            elif self._jitter > 0:
                value = float(np.clip(value + self._rng.normal() * self._jitter * (high - low), low, high))
            self.reals[name] = value
        return self.reals[name]

    def whole(self, name: str, low: int, high: int) -> int:
        """A count from `low` to `high`, both included."""
        return min(high, int(self.real(name, low, high + 0.999)))


@dataclass(frozen=True)
class Group:
    """A goods group: its Locarno class, its discrete choices, and the function that builds one article."""

    key: str
    name_ko: str
    name_en: str
    locarno_class: str
    options: Mapping[str, tuple[str, ...]]
    build: Callable[[Knobs], Pieces]

    @property
    def family_count(self) -> int:
        """How many combinations of discrete choices the group has."""
        return int(np.prod([len(v) for v in self.options.values()]))


@dataclass(frozen=True)
class Article:
    """One article. `parameters` holds group, choices, reals and palette, enough to build it again."""

    mesh: Mesh
    name_ko: str
    name_en: str
    locarno_class: str
    parameters: dict[str, Any]

    @property
    def family(self) -> str:
        """Group and discrete choices in one word, such as "bottle/round/long/screw"."""
        return "/".join([self.parameters["group"], *self.parameters["choices"].values()])
