"""Machines that see the scenes: spectrum, geometry, blur, noise. Invented, with measures as real ones have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pandok.demo.scans.materials import MATERIALS
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.nodes import few_energies
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.solids.paths import LineScanner

NODE_ERROR = 3e-4


@dataclass(frozen=True)
class ScanMachine:
    """`spectrum`: name of a shipped table. `quanta`: of air in one pixel, low and high. `blur_px`: Gaussian σ.
    `scanner`: y is across the belt, z upwards; goods lie at z ≥ 0 about y = 0 and begin at x = 0. `upright`: seen from
    the side, y upwards, so that the last detector is the first row of the picture."""

    name: str
    spectrum: str
    scanner: LineScanner
    blur_px: float
    quanta: tuple[float, float]
    floor: float = 2e-5
    upright: bool = False

    @property
    def response(self) -> DualResponse:
        return shipped(self.spectrum)


def _cabinet(
    name: str, spectrum: str, pitch: tuple[float, float], source: tuple[float, float], **rest: object
) -> ScanMachine:
    """`pitch`: belt, detectors. The fan covers 620 mm across at belt height, 1,000 mm of belt are scanned."""
    source_y, source_z = source
    spread = (source_z + 90) / source_z
    rows = int(620 * spread / pitch[1])
    middle = source_y * (1 - spread)
    scanner = LineScanner(
        rows=rows,
        columns=int(800 / pitch[0]),
        pitch_x=pitch[0],
        pitch_y=pitch[1],
        source_y=source_y,
        source_z=source_z,
        detector_z=-90.0,
        first_y=middle - rows * pitch[1] / 2,
    )
    return ScanMachine(name, spectrum, scanner, **rest)  # type: ignore[arg-type]


MACHINES: dict[str, ScanMachine] = {
    one.name: one
    for one in (
        _cabinet("cabinet-1", "cabinet-160kv", (0.8, 0.85), (0.0, 1000.0), blur_px=0.6, quanta=(40_000.0, 25_000.0)),
        _cabinet("cabinet-2", "cabinet-140kv", (1.0, 1.1), (140.0, 860.0), blur_px=0.9, quanta=(22_000.0, 12_000.0)),
        ScanMachine(
            "cargo-1",
            "cargo-4mv-6mv",
            LineScanner(
                rows=700,
                columns=1240,
                pitch_x=5.0,
                pitch_y=5.2,
                source_y=-300.0,
                source_z=12_000.0,
                detector_z=-600.0,
                first_y=-1740.0,
            ),
            blur_px=0.8,
            quanta=(60_000.0, 90_000.0),
            upright=True,
        ),
    )
}


@dataclass(frozen=True, eq=False)
class FewEnergies:
    """`weights` (n,), `attenuation` (materials, n) in cm²/g, materials as `names`; float32, good for what scenes
    hold."""

    names: tuple[str, ...]
    low: tuple[NDArray[np.float32], NDArray[np.float32]]
    high: tuple[NDArray[np.float32], NDArray[np.float32]]


@lru_cache(maxsize=8)
def few_energies_of(spectrum: str) -> FewEnergies:
    """The spectrum of a machine in few energies for all of `MATERIALS`, learnt on mixtures of one to four of them."""
    response, names = shipped(spectrum), tuple(sorted(MATERIALS))
    attenuation = np.stack([mass_attenuation(MATERIALS[name].of, response.energies_kev) for name in names])
    random = np.random.default_rng(7)
    amounts = np.zeros((900, len(names)))
    typical = attenuation @ response.high
    for row in amounts:
        chosen = random.choice(len(names), size=random.integers(1, 5), replace=False)
        row[chosen] = random.dirichlet(np.ones(len(chosen))) * np.exp(random.uniform(-5, 2.3)) / typical[chosen]
    rays = np.exp(-(amounts @ attenuation))
    parts = []
    for weights in (response.low, response.high):
        chosen, few = few_energies(weights, rays, NODE_ERROR)
        parts.append((few.astype(np.float32), np.ascontiguousarray(attenuation[:, chosen], np.float32)))
    return FewEnergies(names=names, low=parts[0], high=parts[1])


@lru_cache(maxsize=256)
def true_index(material: str, spectrum: str) -> float:
    """Material index f of 3 g/cm² of a material alone."""
    response = shipped(spectrum)
    low, high = response.behind(mass_attenuation(MATERIALS[material].of, response.energies_kev), np.array([3.0]))
    found = solve(low, high, response)
    return float(found.second[0] / (found.first[0] + found.second[0]))
