"""Things as closed solids: parts of one material each, put together to items."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pandok.core.text import Text
from pandok.demo.scans.materials import MATERIALS
from pandok.readers.xray.solids.mesh import Floats, Mesh


@dataclass(frozen=True, eq=False)
class Part:
    """`inside`: the material whose place it takes; the solid around is given whole, as if it were not hollow."""

    mesh: Mesh
    material: str
    inside: str | None = None

    @property
    def mass_g(self) -> float:
        """Less what it takes the place of."""
        denser = MATERIALS[self.material].g_per_cm3 - (MATERIALS[self.inside].g_per_cm3 if self.inside else 0.0)
        return self.mesh.volume_mm3 / 1000 * denser


@dataclass(frozen=True, eq=False)
class Item:
    """`kind`: a word for programs. `content`: the material that decides what it is. `threat`: what must not be missed.
    `hs_code`: of the goods, "" where it is none."""

    kind: str
    words: Text
    parts: tuple[Part, ...]
    content: str
    threat: bool = False
    hs_code: str = ""

    @property
    def box_mm(self) -> tuple[Floats, Floats]:
        boxes = [part.mesh.box_mm for part in self.parts]
        return np.min([one[0] for one in boxes], axis=0), np.max([one[1] for one in boxes], axis=0)

    @property
    def mass_g(self) -> float:
        return sum(part.mass_g for part in self.parts)

    def turned(self, rotation: Floats) -> Item:
        return replace(self, parts=tuple(replace(one, mesh=one.mesh.turned(rotation)) for one in self.parts))

    def moved(self, by_mm: tuple[float, float, float] | Floats) -> Item:
        return replace(self, parts=tuple(replace(one, mesh=one.mesh.moved(by_mm)) for one in self.parts))
