"""How much one pixel's transmission scatters, measured in the air of the same scan.

Variance of T = T · s² + floor²: quanta, whose number is proportional to T, and what the electronics add. Blur makes
neighbours alike; the mean of n pixels therefore scatters as that of n / k independent ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_SNR = 3.0
"""Below it nothing behind can be told (the penetration limit)."""
_REACH_PX = 3
_BLOCK_PX, _MOST_BLOCKS = 16, 60
_MOST_LOOKED_AT = 100_000


@dataclass(frozen=True)
class Noise:
    """One energy. `air_share`: standard deviation in air, T = 1. `floor`: that of darkness, same unit. `alike_px`: k,
    how many pixels scatter as one, at least 1."""

    air_share: float
    floor: float = 0.0
    alike_px: float = 1.0

    def of(self, transmission: NDArray[np.floating] | float, pixels: int = 1) -> NDArray[np.float64]:
        """Standard deviation of the mean of `pixels` pixels with this transmission."""
        by_quanta, floor = self.variances(pixels)
        return np.asarray(np.sqrt(np.maximum(np.asarray(transmission, np.float64), 0) * by_quanta + floor))

    def variances(self, pixels: int = 1) -> tuple[float, float]:
        """Variance of the mean of `pixels` pixels: what grows with T, per unit of it, and what is always there."""
        alike = min(1.0, self.alike_px / pixels)
        return self.air_share**2 * alike, self.floor**2 * alike

    def penetration_limit(self, least_snr: float = LEAST_SNR) -> float:
        """The transmission whose own noise is 1 / `least_snr` of it; darker pixels say nothing."""
        quanta, floor = (least_snr * self.air_share) ** 2, (least_snr * self.floor) ** 2
        return float(quanta / 2 + np.sqrt(quanta**2 / 4 + floor))


def noise_of_air(air: NDArray[np.floating], floor: float = 0.0) -> Noise:
    """`air` (rows, columns): transmission of a piece without goods. Slow changes are taken out first. Raises
    `ValueError` for a piece smaller than 8 × 8."""
    if air.ndim != 2 or min(air.shape) < 8:
        raise ValueError(f"at least 8 × 8 pixels of air are needed, not {air.shape}")
    shares, alike = _of_blocks(air[None])
    return Noise(air_share=float(shares[0]), floor=floor, alike_px=float(alike[0]))


def _of_blocks(blocks: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`air_share` and `alike_px` of each of (n, rows, columns); without any noise 0 and 1."""
    values = np.asarray(blocks, np.float64)
    residual = values - values.mean(axis=1, keepdims=True) - values.mean(axis=2, keepdims=True)
    residual += values.mean(axis=(1, 2), keepdims=True)
    _, rows, columns = residual.shape
    whole = (residual**2).mean(axis=(1, 2))
    # What taking out the means of rows and columns takes from the variance of independent pixels.
    variance = whole / ((1 - 1 / rows) * (1 - 1 / columns))
    # k is the sum of the autocorrelation over all shifts; opposite shifts have the same, so half of them are looked at.
    alike = np.zeros(len(residual))
    for down in range(_REACH_PX + 1):
        for right in range(-_REACH_PX if down else 1, _REACH_PX + 1):
            one = residual[:, down:, max(right, 0) : columns + min(right, 0)]
            other = residual[:, : rows - down, max(-right, 0) : columns + min(-right, 0)]
            alike += 2 * np.einsum("bij,bij->b", one, other) / (one.shape[1] * one.shape[2])
    some = whole > 0
    k = np.where(some, 1 + alike / np.where(some, whole, 1), 1)
    return np.sqrt(variance), np.maximum(1.0, k)


def air_of(transmission: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Where a scan shows air: within five deviations of 1, as its brighter pixels scatter."""
    values = np.asarray(transmission)
    off = np.abs(values - 1)
    if int(np.count_nonzero(off < 0.03)) < 64:
        return np.zeros(values.shape, dtype=bool)
    # Of a large scan every so many pixels are enough for its spread.
    some = values.ravel()[:: max(1, values.size // _MOST_LOOKED_AT)]
    above = some[some > 1.0]
    if above.size < 32:
        above = values[values > 1.0]
    spread = float(np.median(above.astype(np.float64) - 1.0)) / 0.6745 if above.size >= 32 else 0.005
    return np.asarray(off <= 5 * max(spread, 1e-4))


def level_of(transmission: NDArray[np.floating], air: NDArray[np.bool_]) -> float:
    """Median of the air, of some of its pixels where there are many."""
    every = max(1, int(np.count_nonzero(air)) // _MOST_LOOKED_AT)
    some = transmission.ravel()[::every][air.ravel()[::every]]
    return float(np.median(some if some.size else transmission[air]))


def noise_of_scan(
    transmission: NDArray[np.floating], floor: float = 0.0, air: NDArray[np.bool_] | None = None
) -> Noise | None:
    """From the scan itself: the median over up to 60 blocks of 16 × 16 pixels that are all air; None where there is
    none. `air`: that of `air_of`, where it is known already."""
    if air is None:
        air = air_of(transmission)
    rows, columns = (side // _BLOCK_PX for side in air.shape)
    blocks = (
        air[: rows * _BLOCK_PX, : columns * _BLOCK_PX].reshape(rows, _BLOCK_PX, columns, _BLOCK_PX).all(axis=(1, 3))
    )
    whole = np.argwhere(blocks) * _BLOCK_PX
    if not len(whole):
        return None
    some = whole[:: -(-len(whole) // _MOST_BLOCKS)]
    shares, alike = _of_blocks(
        np.stack([transmission[top : top + _BLOCK_PX, left : left + _BLOCK_PX] for top, left in some])
    )
    return Noise(air_share=float(np.median(shares)), floor=floor, alike_px=float(np.median(alike)))
