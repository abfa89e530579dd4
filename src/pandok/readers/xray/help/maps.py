"""A scan of two energies as maps that no longer depend on the machine: basis densities at one pitch.

Transmissions are averaged to the common pitch first and solved then, as a machine with such pixels would see them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling, resampled
from pandok.readers.xray.physics.solver import BasisDensities, solve

PITCH_MM = 2.0
"""Fine enough for the back of a knife, coarse enough for a scan in a tenth of a second."""
COARSEST_MM = 3.0
"""Scans of larger pixels are no bags: nothing is made finer than it was."""
CHANNELS = 4
Maps = NDArray[np.float32]
Planes = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class GoodsMaps:
    """`basis`: of pixels of `PITCH_MM`. `high` (rows, columns): T_high there. `told`: solved, and above the penetration
    limit. `to_view`: view pixels for one of these, row and column."""

    basis: BasisDensities
    high: NDArray[np.float32]
    told: NDArray[np.bool_]
    to_view: tuple[float, float]

    @property
    def shape(self) -> tuple[int, int]:
        return self.high.shape[0], self.high.shape[1]

    def as_input(self) -> Maps:
        """(4, rows, columns): a_PE, a_Al in g/cm², −ln T_high, and 1 where the amounts are told, else 0 with amounts
        of 0."""
        depth = -np.log(np.clip(self.high, 1e-4, 1.0))
        first, second = (np.where(self.told, part, 0.0) for part in (self.basis.first, self.basis.second))
        return np.stack([first, second, depth, self.told]).astype(np.float32)


def readable(planes: tuple[str, ...], pitch_mm: tuple[float, float] | None) -> bool:
    """Whether a view has what maps are made of: two energies, a pitch, and pixels fine enough."""
    return {"low", "high"} <= set(planes) and pitch_mm is not None and 0 < max(pitch_mm) <= COARSEST_MM


def goods_maps(
    low: Planes, high: Planes, pitch_mm: tuple[float, float], response: DualResponse, penetration_limit: float
) -> GoodsMaps:
    """`low`, `high`: transmission (rows, columns), air 1; `pitch_mm`: row, column distance. Raises ValueError where the
    pitch is coarser than `COARSEST_MM`."""
    if max(pitch_mm) > COARSEST_MM:
        raise ValueError(f"a pitch of {pitch_mm} mm is too coarse for goods")
    own, common = Sampling(pitch_mm), Sampling((PITCH_MM, PITCH_MM))
    t_low, t_high = (resampled(part, own, common) for part in (low, high))
    basis = solve(t_low, t_high, response)
    told = ~basis.marked & (t_high > penetration_limit)
    return GoodsMaps(basis, t_high, told, (PITCH_MM / pitch_mm[0], PITCH_MM / pitch_mm[1]))
