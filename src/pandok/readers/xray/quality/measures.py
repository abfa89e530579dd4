"""Measures of one image of transmissions, air 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, median_filter

from pandok.readers.xray.physics.noise import air_of

Image = NDArray[np.floating]
_ODD_Z, _LEAST_OFF = 8.0, 0.003
_AIR_SHARE = 0.95


def air_snr(air: Image) -> float:
    """Mean over standard deviation of a piece of air; slow changes along rows and columns are taken out first. Infinite
    without noise."""
    values = np.asarray(air, np.float64)
    residual = values - values.mean(axis=0, keepdims=True) - values.mean(axis=1, keepdims=True) + values.mean()
    spread = float(residual.std())
    return float(values.mean()) / spread if spread else float("inf")


def contrast_to_noise(one: Image, other: Image) -> float:
    """|m₁ − m₂| / √((s₁² + s₂²) / 2); infinite without noise, 0 without difference."""
    difference = abs(float(np.mean(one, dtype=np.float64)) - float(np.mean(other, dtype=np.float64)))
    spread = float(np.sqrt((np.var(one, dtype=np.float64) + np.var(other, dtype=np.float64)) / 2))
    return difference / spread if spread else (float("inf") if difference else 0.0)


def uniformity(plate: Image, blocks: int = 8) -> float:
    """(max − min) / (max + min) of the means of `blocks` × `blocks` parts of an even plate: 0 is even."""
    rows, columns = (max(1, side // blocks) for side in plate.shape)
    values = np.asarray(plate, np.float64)[: rows * blocks, : columns * blocks]
    means = values.reshape(values.shape[0] // rows, rows, values.shape[1] // columns, columns).mean(axis=(1, 3))
    return float((means.max() - means.min()) / (means.max() + means.min()))


def odd_rows(transmission: Image, air: NDArray[np.bool_] | None = None) -> tuple[int, ...]:
    """Rows that differ from their neighbours all along the scan: dead, stuck or badly calibrated channels, from 0.

    Judged where the scan shows nothing but air; without such columns only rows that are a tenth off in four of five
    columns are named, for goods have edges too. `air`: that of `air_of`, where it is known already."""
    values = np.asarray(transmission)
    if values.shape[0] < 16:
        return ()
    is_air = air_of(values) if air is None else air
    clear = np.count_nonzero(is_air, axis=0) > _AIR_SHARE * len(values)
    if int(clear.sum()) >= 8:
        off = values[:, clear].mean(axis=1, dtype=np.float64)
        off = off - median_filter(off, 9, mode="nearest")
        spread = 1.4826 * float(np.median(np.abs(off)))
        return tuple(np.flatnonzero(np.abs(off) > max(_ODD_Z * spread, _LEAST_OFF)).tolist())
    values = values.astype(np.float64)
    around = median_filter(values, (5, 1), mode="nearest")
    off = np.abs(values - around) > 0.1 * np.maximum(around, 0.02)
    return tuple(np.flatnonzero(off.mean(axis=1) > 0.8).tolist())


@dataclass(frozen=True)
class Edge:
    """`mtf20_lp_per_mm`: where the contrast of fine lines falls to a fifth. `blur_px`: σ of a Gaussian with that MTF.
    `angle_deg`: of the edge against the columns."""

    mtf20_lp_per_mm: float
    blur_px: float
    angle_deg: float


def edge_of(region: Image, pitch_mm: float, oversampling: int = 4) -> Edge | None:
    """From a region with one nearly upright straight edge, as ISO 12233 and IEC 62220 do it: a line through the edge of
    each row, all rows laid over each other along it in quarter pixels, its slope's spectrum. `pitch_mm`: between
    columns. None where no edge with a slant of .5 to 15 degrees is found."""
    values = np.asarray(region, np.float64)
    rows, columns = values.shape
    if rows < 16 or columns < 16:
        return None
    smooth = gaussian_filter1d(values, 1.0, axis=1)
    left, right = (float(np.median(values[:, part])) for part in (slice(0, columns // 8), slice(-(columns // 8), None)))
    above = (smooth > (left + right) / 2) == (left > right)
    # Where each row leaves the level of its left side; rows that do so more than once are left out.
    changes = above[:, :-1] & ~above[:, 1:]
    at = np.flatnonzero((changes.sum(axis=1) == 1) & above[:, 0] & ~above[:, -1])
    if len(at) < rows // 2 or left == right:
        return None
    before = changes[at].argmax(axis=1)
    one, two = smooth[at, before], smooth[at, before + 1]
    place = before + ((left + right) / 2 - one) / (two - one)
    line = np.polyfit(at, place, 1)
    for _ in range(2):
        near = np.abs(place - np.polyval(line, at)) < 2
        if near.sum() < rows // 2:
            return None
        line = np.polyfit(at[near], place[near], 1)
    angle = float(np.degrees(np.arctan(line[0])))
    if not 0.5 <= abs(angle) <= 15:
        return None
    distance = (np.arange(columns)[None, :] - np.polyval(line, np.arange(rows))[:, None]) * np.cos(np.radians(angle))
    reach = min(12.0, float(np.abs(distance).max()))
    used = np.abs(distance) < reach
    bins = np.floor((distance[used] + reach) * oversampling).astype(np.intp)
    count = np.bincount(bins)
    step = np.bincount(bins, values[used]) / np.maximum(count, 1)
    filled = count > 0
    step = np.interp(np.arange(len(step)), np.flatnonzero(filled), step[filled])
    spread = np.diff(step) * np.hanning(len(step) - 1)
    spectrum = np.abs(np.fft.rfft(spread, 4096))
    if spectrum[0] == 0:
        return None
    frequency = np.fft.rfftfreq(4096, 1 / oversampling)
    # The difference of neighbours and the width of a bin have spectra of their own.
    own = np.sinc(frequency / oversampling) ** 2
    response = spectrum / spectrum[0] / np.maximum(own, 0.1)
    below = np.flatnonzero(response < 0.3)
    if not below.size or below[0] < 8:
        return None
    trusted = slice(1, int(below[0]))
    square = frequency[trusted] ** 2
    fall = -float((np.log(response[trusted]) * square).sum() / (square**2).sum())
    if not fall > 0:  # two edges within reach: the spectrum of neither
        return None
    per_pixel = float(np.sqrt(np.log(5) / fall))
    # As it is, unless folded-over detail (an edge drawn in whole pixels, noise) holds the curve up beyond its own fall.
    crossing = np.flatnonzero(response < 0.2)
    if crossing.size:
        end = int(crossing[0])
        share = (response[end - 1] - 0.2) / (response[end - 1] - response[end])
        direct = float(frequency[end - 1] + share * (frequency[end] - frequency[end - 1]))
        per_pixel = direct if abs(direct / per_pixel - 1) < 0.2 else per_pixel
    blur = float(np.sqrt(fall / 2) / np.pi)
    return Edge(mtf20_lp_per_mm=per_pixel / pitch_mm, blur_px=blur, angle_deg=angle)
